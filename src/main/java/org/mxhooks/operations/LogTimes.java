package org.mxhooks.operations;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mxhooks.database.Sql;

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
