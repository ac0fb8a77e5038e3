package org.mxhooks.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.inbox.Inbox;

/**
 * Cursors and leases. Leases are told by the database's clock, so the nodes' clocks may differ. A lease only says when another node may claim;
 * what keeps two owners apart is the token.
 */
final class LaneTable {

    private static final String LEASE = "current_timestamp + interval '15' second";

    private final DataSource dataSource;
    private final UUID node;

    LaneTable(DataSource dataSource, UUID node) {
        this.dataSource = dataSource;
        this.node = node;
    }

    /**
     * Makes a consumer known, with a cursor for each lane, unless it is; in the caller's transaction, so that a crash
     * leaves all lanes or none. Of two nodes the second finds it done.
     */
    void register(String consumer, From from) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            update(
                    connection,
                    "insert into mxhooks.consumer (name, registered_at) values (?, current_timestamp)"
                            + " on conflict do nothing",
                    consumer);
            for (int lane = 0; lane < Inbox.LANES; lane++) {
                update(connection, """
                        insert into mxhooks.lane (consumer, lane, position, token)
                        select cast(? as varchar), cast(? as smallint), case when ? then position else 0 end, 0
                        from mxhooks.inbox_head on conflict do nothing""", consumer, lane, from == From.END);
            }
        }
    }

    /** Renews this node's leases and claims the lanes of a consumer that nobody holds; returns all that it holds then. */
    List<LaneClaim> tend(String consumer) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            update(
                    connection,
                    "update mxhooks.lane set lease_until = " + LEASE + " where consumer = ? and owner = ?",
                    consumer,
                    node);
            update(
                    connection,
                    "update mxhooks.lane set owner = ?, token = token + 1, lease_until = " + LEASE
                            + " where consumer = ? and (owner is null or lease_until < current_timestamp)",
                    node,
                    consumer);
            return held(connection, consumer);
        }
    }

    /**
     * Moves the cursor to the claim's position, in the caller's transaction; to be its last statement. It only moves on: where the
     * answer to a commit was lost, the same event is not taken for a new one.
     *
     * @return false if the lane was claimed by another node or the cursor is there already, and the transaction has to be rolled back
     */
    boolean advance(LaneClaim claim) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return update(
                            connection,
                            "update mxhooks.lane set position = ?"
                                    + " where consumer = ? and lane = ? and token = ? and position < ?",
                            claim.position(),
                            claim.consumer(),
                            claim.lane(),
                            claim.token(),
                            claim.position())
                    == 1;
        }
    }

    /** Lets other nodes claim at once what this node holds. */
    void release() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            update(connection, "update mxhooks.lane set owner = null where owner = ?", node);
        }
    }

    /** Lets this node claim at once what a node held that is known to be dead: the last one of an embedded database. */
    void releaseAll() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            update(connection, "update mxhooks.lane set owner = null where owner is not null");
        }
    }

    private List<LaneClaim> held(Connection connection, String consumer) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select lane, position, token from mxhooks.lane where consumer = ? and owner = ?")) {
            select.setString(1, consumer);
            select.setObject(2, node);
            try (ResultSet rows = select.executeQuery()) {
                List<LaneClaim> claims = new ArrayList<>();
                while (rows.next()) {
                    claims.add(new LaneClaim(consumer, rows.getInt(1), rows.getLong(2), rows.getLong(3)));
                }
                return claims;
            }
        }
    }

    private static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }
}
