package org.mxhooks.database;

import java.sql.SQLException;

/** Thrown if the database responds but cannot be used: retries are useless, another database is required. */
public final class UnsuitableDatabase extends SQLException {

    private static final String CONNECTION_REJECTED = "08004";

    UnsuitableDatabase(String message) {
        super(message, CONNECTION_REJECTED);
    }

    static UnsuitableDatabase ofOtherSchema(boolean embedded, RuntimeException cause) {
        UnsuitableDatabase unsuitable = new UnsuitableDatabase(
                "The schema mxhooks in the database of mxhooks.database.url was created by a build that this one cannot"
                        + " upgrade from, or was changed by hand. To keep its deliveries, deploy the build that created it. To"
                        + " begin with an empty inbox, "
                        + (embedded
                                ? "stop mxhooks and remove mxhooks.mv.db from mxhooks.home"
                                : "stop all nodes and execute: drop schema mxhooks cascade"));
        unsuitable.initCause(cause);
        return unsuitable;
    }

    static UnsuitableDatabase ofOtherProgram() {
        return new UnsuitableDatabase(
                "The schema mxhooks in the database of mxhooks.database.url has tables that mxhooks did not create. Name a"
                        + " database of its own in mxhooks.database.url");
    }
}
