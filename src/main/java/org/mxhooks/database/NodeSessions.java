package org.mxhooks.database;

import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The sessions of nodes in PostgreSQL. Each carries its node's id, so that a node that takes over from one that is gone
 * can end what that one left behind: the locks of a process that is stopped, or cut off, would stay.
 *
 * @param sql on connections to the same database
 */
public record NodeSessions(Sql sql) {

    /** This node; new with each start. */
    public static final UUID THIS_NODE = UUID.randomUUID();

    /** How PostgreSQL lists the sessions of this node. */
    static final String APPLICATION = application(THIS_NODE);

    private static final System.Logger LOG = System.getLogger(NodeSessions.class.getName());
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static final String TERMINATE = """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and application_name = any(?)""";

    private static String application(UUID node) {
        return "mxhooks:" + node;
    }

    /**
     * Ends all sessions of these nodes, and with them their transactions and locks, in an instant; a node that lives
     * after all connects anew. Only sessions of a role of which this session's is a member can be ended.
     */
    public void terminate(Collection<UUID> nodes) throws SQLException {
        try {
            List<Boolean> ended = sql.query(
                    TERMINATE,
                    row -> row.getBoolean(1),
                    Sql.Array.ofTexts(
                            nodes.stream().map(NodeSessions::application).toList()));
            if (!ended.isEmpty()) {
                LOG.log(
                        WARNING,
                        "Ended {0} database sessions of nodes whose lease has expired: {1}",
                        String.valueOf(ended.size()),
                        nodes);
            }
        } catch (SQLException e) {
            if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw e;
            }
            LOG.log(
                    WARNING,
                    "Database sessions of nodes whose lease has expired cannot be ended, so their locks stay until those"
                            + " sessions time out; use one database role on all nodes: {0}",
                    e.getMessage());
        }
    }
}
