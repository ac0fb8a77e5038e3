package org.mxhooks.console;

import java.sql.SQLException;
import java.util.concurrent.Callable;

/** Reads what a page shows. */
final class PageData {

    private PageData() {}

    /** A failure of the page, which its filter answers with the cause in words. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(Exception cause) {
            super(cause);
        }
    }

    static <T> T read(Callable<T> query) {
        try {
            return query.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new Unreadable(e instanceof SQLException ? e : new IllegalStateException(e));
        }
    }
}
