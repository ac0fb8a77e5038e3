package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mxhooks.database.Sql;

/** In which lanes events are parked, or due; each costs a lookup in an index, however many there are. */
record ParkedLanes(Sql sql) {

    /** Whether any event waits in a lane. */
    boolean anyWaits(String consumer, int lane) throws SQLException {
        return !waitIn(consumer, List.of(lane)).isEmpty();
    }

    /** In which of these lanes any event waits. */
    Set<Integer> waitIn(String consumer, Collection<Integer> lanes) throws SQLException {
        return new HashSet<>(sql.query("""
                select place.lane from unnest(cast(? as integer array)) as place (lane) where exists (
                select 1 from mxhooks.parked p where p.consumer = ? and not p.replay and p.lane = place.lane and p.due is not null)""", row -> row.getInt(1), Sql.Array.ofIntegers(lanes), consumer));
    }

    /** Those of these lanes in which a parked event is due. */
    Set<LaneKey> due(Collection<LaneKey> lanes) throws SQLException {
        return new HashSet<>(sql.query(
                """
                select place.consumer, place.lane
                from unnest(cast(? as varchar array), cast(? as integer array)) as place (consumer, lane)
                where exists (select 1 from mxhooks.parked p where p.consumer = place.consumer and not p.replay
                and p.lane = place.lane and p.due <= current_timestamp)""",
                row -> new LaneKey(row.getString(1), row.getInt(2)),
                Sql.Array.ofTexts(lanes.stream().map(LaneKey::consumer).toList()),
                Sql.Array.ofIntegers(lanes.stream().map(LaneKey::lane).toList())));
    }

    /** Those of these consumers that have any replay that is due. */
    Set<String> withReplays(Collection<String> consumers) throws SQLException {
        return new HashSet<>(sql.query("""
                select c.name from unnest(cast(? as varchar array)) as c (name) where exists (
                select 1 from mxhooks.parked p where p.consumer = c.name and p.replay and p.due <= current_timestamp)""", row -> row.getString(1), Sql.Array.ofTexts(consumers)));
    }

    /** In which of these lanes a replay is due. */
    Set<Integer> replaysIn(String consumer, Collection<Integer> lanes) throws SQLException {
        return new HashSet<>(sql.query("""
                select place.lane from unnest(cast(? as integer array)) as place (lane) where exists (
                select 1 from mxhooks.parked p where p.consumer = ? and p.replay and p.lane = place.lane
                and p.due <= current_timestamp)""", row -> row.getInt(1), Sql.Array.ofIntegers(lanes), consumer));
    }
}
