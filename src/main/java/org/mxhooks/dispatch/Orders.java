package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.Place;
import org.mxhooks.inbox.Span;

/** Operators' changes to parked work, and what of it keeps bodies from being emptied; in the caller's transaction. */
record Orders(Sql sql) {

    /** Of a delivery that could not be decoded: it is nobody's. */
    private static final String NO_CONSUMER = "";

    private static final String NOT_DISCARDED =
            "delete from mxhooks.discarded where consumer = ? and position between ? and ?";

    private static final String MAKE_DUE = """
            update mxhooks.parked set due = current_timestamp
            where due is not null and consumer = ? and position between ? and ?""";

    /**
     * Of a resource only the oldest is due, the others wait behind it. What is dead changes by orders alone, and of
     * those about a consumer one waits for the other, so none waits behind what is gone.
     */
    private static final String REVIVE = """
            update mxhooks.parked p set dead = false, replay = true, due = case when exists (
                select 1 from mxhooks.parked older where older.dead and older.consumer = p.consumer
                and older.ordering_key = p.ordering_key and older.position < p.position%s)
            then null else current_timestamp end,
            attempts = 0, unended = 0, begun_by = null, failed_at = null, dead_at = null where dead and consumer = ?%s""";

    private static final String IN_SPAN = " and %s.position between ? and ?";
    private static final String FOR_REASON = " and %s.reason = ?";

    /** Changes nothing, but locks the consumer; not against what is parked meanwhile. */
    private static final String SERIALIZE = "update mxhooks.consumer set paused = paused where name = ?";

    private static final String ADD = """
            insert into mxhooks.parked (consumer, position, lane, replay, dead, due, attempts, unended, parked_at)
            select l.consumer, place.position, place.lane, true, false, current_timestamp, 0, 0, current_timestamp
            from unnest(cast(? as integer array), cast(? as bigint array)) as place (lane, position)
            join mxhooks.lane l on l.lane = place.lane and place.position <= l.cursor
            where l.consumer = ? on conflict do nothing""";

    private static final String AT = " and %s.position = any(?)";

    private static final String DISCARD = """
            insert into mxhooks.discarded (consumer, position, discarded_at, discarded_by, note)
            select consumer, position, current_timestamp, cast(? as varchar), cast(? as varchar) from mxhooks.parked
            where dead and consumer = ? and position = any(?) on conflict do nothing""";

    private static final String DELETE_DEAD =
            "delete from mxhooks.parked where dead and consumer = ? and position = any(?)";

    int replay(String consumer, Span span, Collection<Place> events) throws SQLException {
        sql.update(NOT_DISCARDED, consumer, span.first(), span.last());
        return sql.update(MAKE_DUE, consumer, span.first(), span.last())
                + revive(consumer, IN_SPAN, span.first(), span.last())
                + sql.update(
                        ADD,
                        Sql.Array.ofIntegers(events.stream().map(Place::lane).toList()),
                        Sql.Array.ofBigints(events.stream().map(Place::position).toList()),
                        consumer);
    }

    int replayDead(String consumer, Optional<String> reason) throws SQLException {
        return reason.isPresent() ? revive(consumer, FOR_REASON, reason.get()) : revive(consumer, "");
    }

    private int revive(String consumer, String which, Object... values) throws SQLException {
        sql.update(SERIALIZE, consumer);
        List<Object> parameters = new ArrayList<>(List.of(values));
        parameters.add(consumer);
        parameters.addAll(List.of(values));
        return sql.update(REVIVE.formatted(which.formatted("older"), which.formatted("p")), parameters.toArray());
    }

    int replayDead(String consumer, Collection<Long> positions) throws SQLException {
        return revive(consumer, AT, Sql.Array.ofBigints(positions));
    }

    int discard(String consumer, Collection<Long> positions, String by, Optional<String> note) throws SQLException {
        sql.update(SERIALIZE, consumer);
        Sql.Array at = Sql.Array.ofBigints(positions);
        sql.update(DISCARD, by, note.orElse(null), consumer, at);
        return sql.update(DELETE_DEAD, consumer, at);
    }

    List<String> withDeadLetter(long position) throws SQLException {
        return sql.query(
                "select consumer from mxhooks.parked where dead and position = ? order by consumer",
                row -> row.getString(1),
                position);
    }

    int discardUndecodable(Collection<Long> positions, String by, Optional<String> note) throws SQLException {
        return sql.update("""
                insert into mxhooks.discarded (consumer, position, discarded_at, discarded_by, note)
                select cast(? as varchar), place.position, current_timestamp, cast(? as varchar), cast(? as varchar)
                from unnest(cast(? as bigint array)) as place (position) on conflict do nothing""", NO_CONSUMER, by, note.orElse(null), Sql.Array.ofBigints(positions));
    }

    Set<Long> discardedUndecodable(Collection<Long> positions) throws SQLException {
        return positions(
                "select position from mxhooks.discarded where consumer = ? and position = any(?)",
                NO_CONSUMER,
                Sql.Array.ofBigints(positions));
    }

    Set<Long> parked(Collection<Long> positions) throws SQLException {
        return positions(
                "select distinct position from mxhooks.parked where position = any(?)", Sql.Array.ofBigints(positions));
    }

    Map<Long, Instant> due(String consumer, Collection<Long> positions) throws SQLException {
        Map<Long, Instant> due = new HashMap<>();
        sql.query(
                "select position, due from mxhooks.parked where due is not null and consumer = ? and position = any(?)",
                row -> due.put(row.getLong(1), Sql.instant(row, "due").orElseThrow()),
                consumer,
                Sql.Array.ofBigints(positions));
        return due;
    }

    List<Place> slowestCursors() throws SQLException {
        return sql.query("select lane, min(cursor) from mxhooks.lane group by lane", Place::of);
    }

    private NavigableSet<Long> positions(String query, Object... parameters) throws SQLException {
        return new TreeSet<>(sql.query(query, row -> row.getLong(1), parameters));
    }

    List<UUID> nodes() throws SQLException {
        return sql.query(
                "select id from mxhooks.node where " + NodeTable.alive("id"), row -> row.getObject(1, UUID.class));
    }
}
