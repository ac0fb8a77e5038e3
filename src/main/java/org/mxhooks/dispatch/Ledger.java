package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import org.mxhooks.database.Transaction;
import org.mxhooks.inbox.LogEntry;

/**
 * What the database holds of a consumer's progress: cursors and leases, parked events.
 *
 * @param transaction for changes that no notification belongs to
 */
record Ledger(LaneTable lanes, ParkedTable parked, ParkedLanes parkedLanes, Transaction transaction) {

    private static final System.Logger LOG = System.getLogger(Ledger.class.getName());

    /** Changes that take effect only if the lane is still this node's. */
    interface LedgerUpdate {
        void run() throws SQLException, LaneLost;
    }

    /** Parks an event, unattempted, that may have killed nodes; in the caller's transaction. */
    void parkSuspect(Lane lane, LaneClaim claim, LogEntry entry, Duration delay) throws SQLException, LaneLost {
        LOG.log(
                WARNING,
                "Parked {0} for consumer {1} without an attempt: {2}",
                Report.describe(entry),
                claim.consumer(),
                Failure.NODE_DIED);
        lane.setEventsParked(true);
        lanes.lock(claim);
        parked.park(claim, entry, Failure.NODE_DIED, delay, 1);
    }

    /**
     * Commits a change and nothing else.
     *
     * @throws SQLException if there was no commit, or that is unknown
     */
    void commit(LedgerUpdate change) throws LaneLost, SQLException {
        try {
            transaction.run(change::run);
        } catch (LaneLost | SQLException e) {
            throw e;
        } catch (Exception e) {
            throw new SQLException("no commit", e);
        }
    }
}
