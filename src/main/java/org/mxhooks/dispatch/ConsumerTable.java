package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.Place;

/** Which consumers are registered, and which nodes have them. A node whose lease has expired counts as dead. */
final class ConsumerTable {

    private final Sql sql;

    ConsumerTable(Sql sql) {
        this.sql = sql;
    }

    /**
     * Registers a consumer with a cursor for each lane, unless it is registered, and a node as one of those that have
     * it; in the caller's transaction, so that a crash leaves all lanes or none. Nodes that died long ago are deleted.
     *
     * @param began position up to which the log is none of its business
     */
    void register(String consumer, long began, UUID node) throws SQLException {
        sql.update(
                "insert into mxhooks.consumer (name, registered_at) values (?, current_timestamp) on conflict do nothing",
                consumer);
        for (int lane = 0; lane < Place.LANES; lane++) {
            sql.update(
                    "insert into mxhooks.lane (consumer, lane, cursor, began, token) values (?, ?, ?, ?, 0) on conflict do nothing",
                    consumer,
                    lane,
                    began,
                    began);
        }
        sql.update(
                "insert into mxhooks.node_consumer (consumer, node, lease_until) values (?, ?, " + LaneTable.LEASE
                        + ") on conflict do nothing",
                consumer,
                node);
        sql.update("delete from mxhooks.node_consumer where lease_until < current_timestamp - interval '1' day");
    }

    /**
     * Renews the lease that shows the other nodes that this one has the consumer and is alive.
     *
     * @return false if it has to be registered: it was not, or was retired while it seemed dead
     */
    boolean renew(String consumer, UUID node) throws SQLException {
        return sql.update(
                        "update mxhooks.node_consumer set lease_until = " + LaneTable.LEASE
                                + " where consumer = ? and node = ?",
                        consumer,
                        node)
                == 1;
    }

    /** Whether an operator has paused the consumer. */
    boolean isPaused(String consumer) throws SQLException {
        return sql.exists("select 1 from mxhooks.consumer where name = ? and paused", consumer);
    }

    /** Pauses or resumes a consumer. Returns false if it is unknown. */
    boolean pause(String consumer, boolean paused) throws SQLException {
        return sql.update("update mxhooks.consumer set paused = ? where name = ?", paused, consumer) == 1;
    }

    /** How many lanes each of the living nodes that have the consumer should hold. */
    int fairShare(String consumer) throws SQLException {
        int nodes = Math.max(1, livingNodes(consumer));
        return (Place.LANES + nodes - 1) / nodes;
    }

    /** No longer counts a node among those that have a consumer. */
    void leave(String consumer, UUID node) throws SQLException {
        sql.update("delete from mxhooks.node_consumer where consumer = ? and node = ?", consumer, node);
    }

    /** No longer counts a node among those that have consumers. */
    void leave(UUID node) throws SQLException {
        sql.update("delete from mxhooks.node_consumer where node = ?", node);
    }

    /** No longer counts any node but this: the others are known to be dead. */
    void leaveAllBut(UUID node) throws SQLException {
        sql.update("delete from mxhooks.node_consumer where node <> ?", node);
    }

    /** The consumers that are known but not among these. */
    List<String> others(List<String> consumers) throws SQLException {
        return names().stream().filter(name -> !consumers.contains(name)).toList();
    }

    /** The names of all registered consumers, in their order. */
    List<String> names() throws SQLException {
        return sql.query("select name from mxhooks.consumer order by name", row -> row.getString(1));
    }

    /**
     * Locks a consumer against registration and retirement until the caller's transaction ends; returns whether it is
     * known.
     */
    boolean lock(String consumer) throws SQLException {
        return sql.first("select name from mxhooks.consumer where name = ? for update", row -> true, consumer)
                .isPresent();
    }

    /** Whether a living node has the consumer. */
    boolean isDeployed(String consumer) throws SQLException {
        return livingNodes(consumer) > 0;
    }

    /** Deletes a consumer and all that belongs to it, in the caller's transaction. */
    void delete(String consumer) throws SQLException {
        for (String table : List.of("parked", "discarded", "lane", "node_consumer")) {
            sql.update("delete from mxhooks." + table + " where consumer = ?", consumer);
        }
        sql.update("delete from mxhooks.consumer where name = ?", consumer);
    }

    private int livingNodes(String consumer) throws SQLException {
        return sql.first(
                        "select count(*) from mxhooks.node_consumer where consumer = ? and lease_until >= current_timestamp",
                        row -> row.getInt(1),
                        consumer)
                .orElseThrow();
    }
}
