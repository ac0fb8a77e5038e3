package org.mxhooks.database;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/**
 * The file of an embedded database while it is open. Where a commit fails, H2 counts the users of the current version
 * down twice. From then on each statement that begins waits for the next version, in a busy loop and with the lock of
 * its session; a fault of the disk closes the file, so that no version follows.
 */
final class EmbeddedStore {

    /** More than there can be faults while connections of one file are closed. */
    private static final int ENOUGH_USERS = 1_000_000;

    private final MVStore store;

    private EmbeddedStore(MVStore store) {
        this.store = store;
    }

    /** @param connection an open one of H2's */
    static EmbeddedStore of(Connection connection) throws SQLException {
        SessionLocal session =
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        return new EmbeddedStore(session.getDatabase().getStore().getMvStore());
    }

    /** Also waits while another thread is closing it. */
    boolean isClosed() {
        return store.isClosed();
    }

    /** Ends the waiting for a version after the last; statements in a closed file then fail. */
    void releaseWaiting() {
        isClosed(); // waits for a thread that is closing it and may begin one more version
        try {
            Object version = accessible(MVStore.class, "currentTxCounter").get(store);
            accessible(version.getClass(), "counter").setInt(version, ENOUGH_USERS);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version of H2 counts the users of its store in another way", e);
        }
    }

    private static Field accessible(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
