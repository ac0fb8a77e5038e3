package org.mxhooks.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.mxhooks.database.Sql;

/**
 * A pause that a consumer requested by {@link org.mxhooks.event.TryLater}.
 *
 * @param lanes how many of its lanes are paused for that
 * @param since when the first of them was paused, by the database's clock
 * @param nextTry when the first of them is tried next
 * @param reason class of what the consumer threw
 * @param message what it said last
 */
public record Waiting(int lanes, Instant since, Instant nextTry, String reason, String message) {

    /** From the columns of a paused lane. */
    static Waiting of(ResultSet row) throws SQLException {
        return new Waiting(
                1,
                Sql.instant(row, "waiting_since").orElseThrow(),
                Sql.instant(row, "waiting_until").orElseThrow(),
                row.getString("wait_reason"),
                row.getString("wait_message"));
    }

    /** Of several lanes. */
    Waiting with(Waiting other) {
        Waiting later = other.nextTry.isAfter(nextTry) ? other : this;
        return new Waiting(
                lanes + other.lanes,
                since.isBefore(other.since) ? since : other.since,
                nextTry.isBefore(other.nextTry) ? nextTry : other.nextTry,
                later.reason,
                later.message);
    }
}
