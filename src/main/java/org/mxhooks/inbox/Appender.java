package org.mxhooks.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** How rows get into the log. */
abstract class Appender {

    /**
     * The turn to append, until the transaction ends. A statement of its own: one that waits for a lock reads the rest
     * as it was before.
     */
    static final String LOCK_HEAD = "select id from mxhooks.log_head where id = 1 for update";

    /**
     * Locks the head of the log, appends those rows that are new, at the next positions in their order, and commits.
     *
     * @param connection which does not commit by itself
     * @param rows of different identities
     * @return what the log had before
     * @throws SQLException if nothing was appended, or the connection broke and nobody knows
     */
    abstract HeadState append(Connection connection, List<LogRow> rows) throws SQLException;
}
