package org.mxhooks.dispatch;

import java.sql.SQLException;
import org.mxhooks.database.Transaction;

/**
 * What the database holds of a consumer's progress: cursors and leases, parked events.
 *
 * @param transaction for changes that no notification belongs to
 */
record Ledger(LaneTable lanes, ParkedTable parked, Transaction transaction) {

    /** Changes that take effect only if the lane is still this node's. */
    interface LedgerUpdate {
        void run() throws SQLException, LaneLost;
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
