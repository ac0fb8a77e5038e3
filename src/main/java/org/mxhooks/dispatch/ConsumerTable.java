package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.Place;

/** Which consumers are registered, and which nodes have them. Nodes must be registered in {@link NodeTable}. */
final class ConsumerTable {

    private static final Sql.Array LANES =
            Sql.Array.ofIntegers(IntStream.range(0, Place.LANES).boxed().toList());

    private final Sql sql;

    ConsumerTable(Sql sql) {
        this.sql = sql;
    }

    /**
     * Registers a consumer with a cursor for each lane, unless it is registered; in the caller's transaction, so that a
     * crash leaves all lanes or none. Nothing that is there already is inserted: a conflict with a row that another
     * transaction has changed would be waited for. Who inserts the consumer inserts its lanes, so that each is there
     * once.
     *
     * @param began position up to which the log is none of its business
     */
    void register(String consumer, long began) throws SQLException {
        int inserted = sql.update(
                "insert into mxhooks.consumer (name, registered_at) select cast(? as varchar), current_timestamp"
                        + " where not exists (select 1 from mxhooks.consumer where name = ?) on conflict do nothing",
                consumer,
                consumer);
        if (inserted == 1) {
            sql.update("""
                    insert into mxhooks.lane (consumer, lane, cursor, began, token)
                    select cast(? as varchar), place.lane, cast(? as bigint), cast(? as bigint), 0
                    from unnest(cast(? as integer array)) as place (lane)""", consumer, began, began, LANES);
        }
    }

    /**
     * Takes a consumer away from all nodes, in the caller's transaction: none commits any more what it decided for the
     * consumer as it was, and each has it again when it has asked its source. Who {@linkplain #tryLock joins} at the
     * same moment has joined before, or asks again.
     */
    void takeAway(String consumer) throws SQLException {
        // lanes first: what a lane's transaction parks locks the consumer after its lane
        sql.update("update mxhooks.lane set owner = null, token = token + 1, claims = 0 where consumer = ?", consumer);
        lock(consumer);
        sql.update("delete from mxhooks.node_consumer where consumer = ?", consumer);
    }

    /** Counts a registered node among those that have a consumer, if that is registered. */
    void join(String consumer, UUID node) throws SQLException {
        sql.update(
                "insert into mxhooks.node_consumer (consumer, node) select c.name, cast(? as uuid)"
                        + " from mxhooks.consumer c where c.name = ? and not exists"
                        + " (select 1 from mxhooks.node_consumer where consumer = c.name and node = ?)"
                        + " on conflict do nothing",
                node,
                consumer,
                node);
    }

    /**
     * How these consumers stand, by name. One is left out where this node does not count among those that have it: it
     * was not registered, or was retired while the node seemed gone.
     */
    Map<String, Standing> standings(Collection<String> consumers, UUID node) throws SQLException {
        Map<String, Standing> standings = new HashMap<>();
        sql.query(
                """
                select c.name, c.paused, (
                    select count(*) from mxhooks.node_consumer other where other.consumer = c.name and %s)
                from mxhooks.consumer c join mxhooks.node_consumer mine on mine.consumer = c.name and mine.node = ?
                where c.name = any(?)""".formatted(NodeTable.alive("other.node")),
                row -> standings.put(row.getString(1), new Standing(row.getBoolean(2), row.getInt(3))),
                node,
                Sql.Array.ofTexts(consumers));
        return standings;
    }

    /**
     * How a consumer stands.
     *
     * @param paused whether an operator has paused it
     * @param nodes how many living nodes have it
     */
    record Standing(boolean paused, int nodes) {

        /** How many lanes each of the nodes should hold. */
        int fairShare() {
            int among = Math.max(1, nodes);
            return (Place.LANES + among - 1) / among;
        }
    }

    /** Pauses or resumes a consumer. Returns false if it is unknown. */
    boolean pause(String consumer, boolean paused) throws SQLException {
        return sql.update("update mxhooks.consumer set paused = ? where name = ?", paused, consumer) == 1;
    }

    /** Those that are paused. */
    Set<String> paused() throws SQLException {
        return new HashSet<>(sql.query("select name from mxhooks.consumer where paused", row -> row.getString(1)));
    }

    /** No longer counts a node among those that have a consumer. */
    void leave(String consumer, UUID node) throws SQLException {
        sql.update("delete from mxhooks.node_consumer where consumer = ? and node = ?", consumer, node);
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

    /** As above, but not where another transaction has it locked. */
    boolean tryLock(String consumer) throws SQLException {
        return sql.first(
                        "select name from mxhooks.consumer where name = ? for update skip locked",
                        row -> true,
                        consumer)
                .isPresent();
    }

    /** Whether a living node has the consumer. */
    boolean isDeployed(String consumer) throws SQLException {
        return sql.exists(
                "select 1 from mxhooks.node_consumer f where f.consumer = ? and " + NodeTable.alive("f.node"),
                consumer);
    }

    /** Deletes some of what is parked for a consumer; returns how many. */
    int deleteParked(String consumer, int limit) throws SQLException {
        List<Long> positions = sql.query(
                "select position from mxhooks.parked where consumer = ? order by position limit ?",
                row -> row.getLong(1),
                consumer,
                limit);
        // as a parameter: H2 would make a subquery's list anew for each row
        return sql.update(
                "delete from mxhooks.parked where consumer = ? and position = any(?)",
                consumer,
                Sql.Array.ofBigints(positions));
    }

    /** Deletes a consumer and all that belongs to it, in the caller's transaction. */
    void delete(String consumer) throws SQLException {
        for (String table : List.of("parked", "discarded", "lane", "node_consumer")) {
            sql.update("delete from mxhooks." + table + " where consumer = ?", consumer);
        }
        sql.update("delete from mxhooks.consumer where name = ?", consumer);
    }
}
