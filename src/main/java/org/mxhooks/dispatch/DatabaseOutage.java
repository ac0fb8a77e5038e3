package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import org.mxhooks.database.UnsuitableDatabase;

/** Whether dispatch is suspended because its database is unavailable; logged when that begins and ends. */
final class DatabaseOutage {

    private static final System.Logger LOG = System.getLogger(DatabaseOutage.class.getName());

    private volatile boolean lasts;
    private boolean unsuitable;

    boolean lasts() {
        return lasts;
    }

    /** A step failed. */
    void note(Throwable cause) {
        boolean refused = cause instanceof UnsuitableDatabase;
        if (!lasts || refused && !unsuitable) {
            LOG.log(
                    WARNING,
                    "Database unavailable; dispatch suspended until it recovers: {0}",
                    refused ? cause.getMessage() : cause.toString());
        }
        lasts = true;
        unsuitable = refused;
    }

    /** A step succeeded. */
    void end() {
        if (lasts) {
            LOG.log(INFO, "Database reachable; dispatch resumed");
            lasts = false;
        }
    }
}
