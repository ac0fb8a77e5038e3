package org.mxhooks.inbox;

import static java.lang.System.Logger.Level.WARNING;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.mxhooks.database.Database;

/** Ends sessions of stopped nodes that hold the head of the log. */
final class HeadHolders {

    private static final System.Logger LOG = System.getLogger(HeadHolders.class.getName());

    /**
     * PostgreSQL's time-outs do not run while a session waits for its client in the middle of a batch, so a stopped
     * process would hold the head for ever. A session that waits for the row holds the table's lock too, and is not
     * waiting for its client; one that waited for long and then got the row began or ended a statement a short while
     * ago.
     */
    private static final String END_HOLDERS = """
            select pg_terminate_backend(held.pid) from pg_locks held join pg_stat_activity holder on holder.pid = held.pid
            where held.relation = 'mxhooks.log_head'::regclass and held.mode = 'RowShareLock' and held.granted
            and holder.datname = current_database() and holder.pid <> pg_backend_pid()
            and holder.wait_event_type = 'Client'
            and greatest(holder.query_start, holder.state_change) < clock_timestamp() - make_interval(secs => ?)""";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private HeadHolders() {}

    /** Whether an append failed because others held the head for too long. */
    static boolean areAtFault(Throwable failure) {
        return failure instanceof SQLException fault && LOCK_NOT_AVAILABLE.equals(fault.getSQLState());
    }

    /** Ends them, in a transaction of its own. */
    static void end(Connection connection) throws SQLException {
        try (PreparedStatement end = connection.prepareStatement(END_HOLDERS)) {
            end.setLong(1, Database.LOCK_TIMEOUT.toSeconds());
            int ended = 0;
            try (ResultSet sessions = end.executeQuery()) {
                while (sessions.next()) {
                    ended++;
                }
            }
            connection.commit();
            if (ended > 0) {
                LOG.log(
                        WARNING,
                        "Ended {0} database sessions that held the head of the log for more than {1}; their node is stopped or cut off",
                        String.valueOf(ended),
                        Database.LOCK_TIMEOUT);
            }
        }
    }
}
