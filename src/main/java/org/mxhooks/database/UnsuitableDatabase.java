package org.mxhooks.database;

import java.sql.SQLException;

/** The database answers, but cannot keep what mxhooks has to; retrying does not help, another database does. */
public final class UnsuitableDatabase extends SQLException {

    private static final String CONNECTION_REJECTED = "08004";

    UnsuitableDatabase(String message) {
        super(message, CONNECTION_REJECTED);
    }
}
