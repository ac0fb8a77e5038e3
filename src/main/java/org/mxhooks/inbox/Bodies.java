package org.mxhooks.inbox;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mxhooks.database.Sql;

/** The part of the log that does not stay for ever: bodies and headers. */
record Bodies(Sql sql) {

    private record Received(long position, Instant at) {}

    List<Long> receivedBefore(Instant before, Instant now, long after, int limit) throws SQLException {
        // Not "received_at < ?": where all is young that would read the log to its end.
        List<Received> next = sql.query(
                "select position, received_at from mxhooks.delivery where position > ? order by position limit ?",
                row -> new Received(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()),
                after,
                limit);
        boolean anyAhead = next.stream().anyMatch(received -> received.at().isAfter(now));
        long lastOld = anyAhead ? lastReceivedBefore(before) : 0;
        return next.stream()
                .takeWhile(received ->
                        received.at().isBefore(before) || received.at().isAfter(now) && received.position() < lastOld)
                .map(Received::position)
                .toList();
    }

    private long lastReceivedBefore(Instant before) throws SQLException {
        return sql.first(
                        "select position from mxhooks.delivery where received_at < ? order by received_at desc limit 1",
                        row -> row.getLong(1),
                        Sql.time(before))
                .orElse(0L);
    }

    void lock(Collection<Long> positions) throws SQLException {
        sql.query(
                "select position from mxhooks.body where position = any(?) order by position for update",
                row -> row.getLong(1),
                Sql.Array.ofBigints(positions));
    }

    /** By their sizes first: H2 would have all of them in memory to find those that fit. */
    List<KeptBody> newest(Collection<Long> positions, long bytes) throws SQLException {
        return sql.query(
                "select position, bytes from mxhooks.body where position = any(?) order by position desc",
                row -> new KeptBody(row.getLong(1), row.getBytes(2)),
                Sql.Array.ofBigints(fitting(positions, bytes)));
    }

    private List<Long> fitting(Collection<Long> positions, long bytes) throws SQLException {
        List<Long> fitting = new ArrayList<>();
        long[] total = new long[1];
        sql.query(
                "select position, octet_length(bytes) from mxhooks.body where position = any(?) order by position desc",
                row -> {
                    total[0] += row.getLong(2);
                    return fitting.isEmpty() || total[0] <= bytes ? fitting.add(row.getLong(1)) : false;
                },
                Sql.Array.ofBigints(positions));
        return fitting;
    }

    List<Place> lockEvents(Span span) throws SQLException {
        sql.query(
                "select position from mxhooks.body where position between ? and ? order by position for update",
                row -> row.getLong(1),
                span.first(),
                span.last());
        return sql.query("""
                select d.lane, d.position from mxhooks.body b join mxhooks.delivery d on d.position = b.position
                where b.position between ? and ?
                and not exists (select 1 from mxhooks.undecodable u where u.position = b.position)""", Place::of, span.first(), span.last());
    }

    Map<Long, Instant> erasedAt(Collection<Long> positions) throws SQLException {
        Map<Long, Instant> erased = new HashMap<>();
        sql.query(
                "select position, erased_at from mxhooks.body where position = any(?) and erased_at is not null",
                row -> erased.put(row.getLong(1), Sql.instant(row, "erased_at").orElseThrow()),
                Sql.Array.ofBigints(positions));
        return erased;
    }

    Set<Long> undecodable(Collection<Long> positions) throws SQLException {
        return new HashSet<>(sql.query(
                "select position from mxhooks.undecodable where position = any(?)",
                row -> row.getLong(1),
                Sql.Array.ofBigints(positions)));
    }

    void remove(Collection<Long> positions) throws SQLException {
        sql.update("delete from mxhooks.body where position = any(?)", Sql.Array.ofBigints(positions));
    }
}
