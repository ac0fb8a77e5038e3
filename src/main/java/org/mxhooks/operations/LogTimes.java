package org.mxhooks.operations;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.Span;

/** Where in the log deliveries were received about a time. */
record LogTimes(Sql sql) {

    /** A delivery's time is when its transaction began, its position when that got its turn: seconds later at most. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /** A position that is certainly before all that arrived from an instant on. */
    long lastBefore(Instant from) throws SQLException {
        return position("received_at < ? order by received_at desc", from.minus(SKEW))
                .orElse(0L);
    }

    /** A position that is certainly beyond all that arrived before an instant. */
    long firstAfter(Instant to) throws SQLException {
        return position("received_at >= ? order by received_at", to.plus(SKEW)).orElse(Long.MAX_VALUE);
    }

    /**
     * Where what arrived from one instant until before another stands; empty if there is nothing. Read from both ends:
     * a smallest position by its time would be looked for from the beginning of the log.
     */
    Optional<Span> between(Instant from, Instant to) throws SQLException {
        String end = "(select position from mxhooks.delivery where position > ? and position < ?"
                + " and received_at >= ? and received_at < ? order by position%s limit 1)";
        List<Object> range = List.of(lastBefore(from), firstAfter(to), Sql.time(from), Sql.time(to));
        return sql.first(
                        "select coalesce(%s, 0), coalesce(%s, 0)".formatted(end.formatted(""), end.formatted(" desc")),
                        row -> new Span(row.getLong(1), row.getLong(2)),
                        Stream.concat(range.stream(), range.stream()).toArray())
                .filter(span -> span.first() > 0);
    }

    /** How many deliveries arrived from one instant until before another, counted up to a limit. */
    BoundedCount count(Instant from, Instant to, int limit) throws SQLException {
        long counted = sql.first(
                        "select count(*) from (select 1 from mxhooks.delivery where received_at >= ? and received_at < ?"
                                + " limit ?) as counted",
                        row -> row.getLong(1),
                        Sql.time(from),
                        Sql.time(to),
                        limit + 1)
                .orElseThrow();
        return BoundedCount.of(counted, limit);
    }

    private Optional<Long> position(String which, Instant instant) throws SQLException {
        return sql.first(
                "select position from mxhooks.delivery where " + which + " limit 1",
                row -> row.getLong(1),
                Sql.time(instant));
    }
}
