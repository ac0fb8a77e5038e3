package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.UUID;
import org.mxhooks.database.Sql;

/**
 * The running nodes. A node's lease, by the database's clock, covers all lanes that it owns; once it has expired, the
 * node counts as gone and others may claim them.
 */
final class NodeTable {

    private static final String LEASE = "current_timestamp + interval '15' second";

    /** A lease further ahead was written under a clock that has been set back since. */
    private static final String VALID = "between current_timestamp and current_timestamp + interval '20' second";

    private final Sql sql;

    NodeTable(Sql sql) {
        this.sql = sql;
    }

    /** As a condition on a column with a node's id. */
    static String alive(String column) {
        return "exists (select 1 from mxhooks.node n where n.id = " + column + " and n.lease_until " + VALID + ")";
    }

    /** Renews a node's lease; registers the node where it is unknown, because it is new or was gone for long. */
    void renew(UUID node) throws SQLException {
        if (sql.update("update mxhooks.node set lease_until = " + LEASE + " where id = ?", node) == 0) {
            sql.update(
                    "insert into mxhooks.node (id, started_at, lease_until) values (?, current_timestamp, " + LEASE
                            + ") on conflict do nothing",
                    node);
        }
    }

    /** Deletes what was gone a day ago. */
    void deleteGone() throws SQLException {
        sql.update("delete from mxhooks.node where lease_until < current_timestamp - interval '1' day");
    }

    /** The node ends: it no longer counts among those that have consumers. */
    void leave(UUID node) throws SQLException {
        sql.update("delete from mxhooks.node where id = ?", node);
    }

    /** The other nodes are known to be gone. */
    void leaveAllBut(UUID node) throws SQLException {
        sql.update("delete from mxhooks.node where id <> ?", node);
    }
}
