package org.mxhooks.relay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.AsyncConsumer.StoredRow;
import org.mxhooks.dispatch.RowTarget;

/** What was sent to subscriptions, and how that ended. */
record AttemptTable(Sql sql) {

    private static final RowTarget ATTEMPTS = new RowTarget(
            "mxhooks.relay_attempt",
            List.of(
                    Map.entry("subscription", "uuid"),
                    Map.entry("delivery", "uuid"),
                    Map.entry("position", "bigint"),
                    Map.entry("started_at", "timestamp with time zone"),
                    Map.entry("duration_ms", "bigint"),
                    Map.entry("status", "smallint"),
                    Map.entry("error", "varchar"),
                    Map.entry("response_excerpt", "varchar")));

    void insert(UUID subscription, UUID delivery, long position, CallResult result) throws SQLException {
        row(subscription, delivery, position, result).store(sql);
    }

    /** An attempt, to be stored by another. */
    static StoredRow row(UUID subscription, UUID delivery, long position, CallResult result) {
        return new StoredRow(
                ATTEMPTS,
                Arrays.asList(
                        subscription,
                        delivery,
                        position,
                        Sql.time(result.startedAt()),
                        result.duration().toMillis(),
                        result.status().isPresent() ? result.status().getAsInt() : null,
                        result.failure().orElse(null),
                        result.excerpt().orElse(null)));
    }

    /**
     * The newest first.
     *
     * @param before number of the last one on the page before
     */
    List<Attempt> newest(UUID subscription, long before, int limit) throws SQLException {
        return sql.query(
                "select * from mxhooks.relay_attempt where subscription = ? and id < ? order by id desc limit ?",
                AttemptTable::read,
                subscription,
                before,
                limit);
    }

    /** The newest of a delivery. */
    Optional<Attempt> newest(UUID subscription, UUID delivery) throws SQLException {
        return sql.first(
                "select * from mxhooks.relay_attempt where subscription = ? and delivery = ? order by id desc limit 1",
                AttemptTable::read,
                subscription,
                delivery);
    }

    /** The newest first, of all subscriptions. */
    List<SentAttempt> ofDelivery(long position, int limit) throws SQLException {
        return sql.query(
                "select * from mxhooks.relay_attempt where position = ? order by position desc, id desc limit ?",
                row -> new SentAttempt(Subscription.consumer(row.getObject("subscription", UUID.class)), read(row)),
                position,
                limit);
    }

    private static Attempt read(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        return new Attempt(
                row.getLong("id"),
                row.getObject("delivery", UUID.class),
                row.getLong("position"),
                Sql.instant(row, "started_at").orElseThrow(),
                Duration.ofMillis(row.getLong("duration_ms")),
                status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                Optional.ofNullable(row.getString("error")),
                Optional.ofNullable(row.getString("response_excerpt")),
                Optional.empty());
    }

    /** Removes some of a subscription's; returns how many. */
    int remove(UUID subscription, int limit) throws SQLException {
        return remove(sql.query(
                "select id from mxhooks.relay_attempt where subscription = ? order by id limit ?",
                row -> row.getLong(1),
                subscription,
                limit));
    }

    /** Removes some of those that are older than this; returns how many. */
    int removeOlderThan(Duration age, int limit) throws SQLException {
        return remove(sql.query(
                "select id from mxhooks.relay_attempt where started_at"
                        + " < current_timestamp - cast(? as numeric(20)) * interval '1' second order by started_at limit ?",
                row -> row.getLong(1),
                age.toSeconds(),
                limit));
    }

    /** As parameters: H2 would make a subquery's list anew for each row. */
    private int remove(List<Long> ids) throws SQLException {
        return sql.update("delete from mxhooks.relay_attempt where id = any(?)", Sql.Array.ofBigints(ids));
    }
}
