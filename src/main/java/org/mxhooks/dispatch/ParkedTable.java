package org.mxhooks.dispatch;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.LogEntry;

/**
 * What consumers have yet to process behind their cursors. Of the parked events of a resource only the head, the
 * oldest, has a time when it is due; who removes it makes the next one due. So it is with those of its dead letters
 * that an operator replays, apart from these. All methods that change something but {@link #begin} are for a
 * transaction of the caller's that holds {@link LaneTable#lock the lane}.
 */
final class ParkedTable {

    /** A moment from now, by {@link #seconds}. */
    static final String IN = "current_timestamp + cast(? as numeric(20, 3)) * interval '1' second";

    private static final String LINE =
            "'@' || cast(extract(epoch from current_timestamp) as varchar) || cast(? as varchar)";

    /** With a line more; the oldest are cut, in the middle of one maybe. */
    private static final String HISTORY = "right(coalesce(history, '') || " + LINE + ", 2000)";

    private static final String BEGIN = """
            update mxhooks.parked set attempts = attempts + 1, unended = ?, begun_by = ?, due = %s
            where consumer = ? and position = ? and attempts = ? and not dead and exists
            (select 1 from mxhooks.lane l where l.consumer = ? and l.lane = ? and l.token = ?)""".formatted(IN);

    private final Sql sql;
    private final UUID node;
    private final boolean unsynced;

    /** @param unsynced whether attempts are begun without waiting for PostgreSQL's disk: they take no node down */
    ParkedTable(Sql sql, UUID node, boolean unsynced) {
        this.sql = sql;
        this.node = node;
        this.unsynced = unsynced;
    }

    /** Whether events of an entry's resource wait, so that it has to wait behind them. */
    boolean waits(String consumer, LogEntry entry) throws SQLException {
        Optional<String> resource = entry.attributes().orderingKey();
        return resource.isPresent() && waits(consumer, resource.get());
    }

    /** Whether events of a resource wait. */
    boolean waits(String consumer, String resource) throws SQLException {
        return sql.exists(
                "select 1 from mxhooks.parked where consumer = ? and ordering_key = ? and not dead and not replay",
                consumer,
                resource);
    }

    /**
     * Parks an event whose first attempt failed, or was not made; behind others of its resource where any wait. That is
     * decided here, behind the lane's lock, whatever the caller found out before.
     *
     * @return whether it waits behind another
     */
    boolean park(LaneClaim claim, LogEntry entry, Failure failure, Duration delay, int unended) throws SQLException {
        Optional<String> resource = entry.attributes().orderingKey();
        if (waits(claim.consumer(), entry)) {
            parkBehind(claim, entry);
            return true;
        }
        sql.update(
                """
                insert into mxhooks.parked (consumer, position, lane, ordering_key, replay, dead, due, attempts, unended,
                    parked_at, failed_at, reason, message, trace, history)
                values (?, ?, ?, ?, false, false, %s, 1, ?, current_timestamp, current_timestamp, ?, ?, ?, %s)""".formatted(IN, LINE),
                claim.consumer(),
                entry.position(),
                claim.lane(),
                resource.orElse(null),
                seconds(delay),
                unended,
                failure.reason(),
                failure.message(),
                failure.trace(),
                failure.line());
        return false;
    }

    /** Makes a dead letter of an event whose first attempt failed. */
    void deadLetter(LaneClaim claim, LogEntry entry, Failure failure) throws SQLException {
        sql.update(
                """
                insert into mxhooks.parked (consumer, position, lane, ordering_key, replay, dead, attempts, unended,
                    parked_at, failed_at, dead_at, reason, message, trace, history)
                values (?, ?, ?, ?, false, true, 1, 0, current_timestamp, current_timestamp, current_timestamp, ?, ?, ?, %s)""".formatted(LINE),
                claim.consumer(),
                entry.position(),
                claim.lane(),
                entry.attributes().orderingKey().orElse(null),
                failure.reason(),
                failure.message(),
                failure.trace(),
                failure.line());
    }

    /** Parks an event, unattempted, behind others of its resource. */
    void parkBehind(LaneClaim claim, LogEntry entry) throws SQLException {
        sql.update(
                """
                insert into mxhooks.parked (consumer, position, lane, ordering_key, replay, dead, attempts, unended, parked_at)
                values (?, ?, ?, ?, false, false, 0, 0, current_timestamp)""",
                claim.consumer(),
                entry.position(),
                claim.lane(),
                entry.attributes().orderingKey().orElseThrow());
    }

    /** The parked event of a lane that has been due for the longest time. */
    Optional<ParkedEvent> nextDue(String consumer, int lane) throws SQLException {
        return next(consumer, lane, false);
    }

    /** The replay of a lane that has been due for the longest time. */
    Optional<ParkedEvent> nextReplay(String consumer, int lane) throws SQLException {
        return next(consumer, lane, true);
    }

    /**
     * An attempt without an outcome is held against the event only if its node is gone: the database may have failed.
     * The order names all columns of the index for H2.
     */
    private Optional<ParkedEvent> next(String consumer, int lane, boolean replay) throws SQLException {
        return sql.first(
                """
                select position, lane, ordering_key, replay, attempts, failed_at, current_timestamp as now,
                    unended + case when begun_by is null or begun_by = ? or %s then 0 else 1 end as unended
                from mxhooks.parked where consumer = ? and replay = ? and lane = ? and due <= current_timestamp
                order by consumer, replay, lane, due, position limit 1""".formatted(NodeTable.alive("begun_by")),
                row -> parkedEvent(consumer, row),
                node,
                consumer,
                replay,
                lane);
    }

    /**
     * Counts an attempt before it is made, so that one which takes the node down is counted too; commits at once.
     *
     * @return false if another node has taken it over
     */
    boolean begin(ParkedEvent event, LaneClaim claim, Duration delay) throws SQLException {
        Object[] values = {
            event.unended(),
            node,
            seconds(delay),
            event.consumer(),
            event.position(),
            event.attempts(),
            claim.consumer(),
            claim.lane(),
            claim.token()
        };
        return (unsynced ? sql.updateUnsynced(BEGIN, values) : sql.update(BEGIN, values)) == 1;
    }

    /** Removes an event that succeeded. Returns false if it was removed before. */
    boolean finish(ParkedEvent event) throws SQLException {
        boolean finished = sql.update(
                        "delete from mxhooks.parked where consumer = ? and position = ? and attempts = ? and not dead",
                        event.consumer(),
                        event.position(),
                        event.attempts())
                == 1;
        releaseNext(event);
        return finished;
    }

    /** Whether an earlier order replays an older event of the resource, which has not ended. */
    boolean waitsForReplay(ParkedEvent event) throws SQLException {
        return event.resource().isPresent()
                && sql.exists(
                        "select 1 from mxhooks.parked where consumer = ? and ordering_key = ? and not dead and replay and position < ?",
                        event.consumer(),
                        event.resource().get(),
                        event.position());
    }

    /** A replay that was due is so again when the older one of its resource has ended. */
    void waitForReplay(ParkedEvent event) throws SQLException {
        if (waitsForReplay(event)) {
            sql.update(
                    "update mxhooks.parked set due = null where consumer = ? and position = ? and attempts = ? and not dead",
                    event.consumer(),
                    event.position(),
                    event.attempts());
        }
    }

    /** The attempt failed; the event is due when {@link #begin} said. */
    void fail(ParkedEvent event, Failure failure) throws SQLException {
        sql.update(
                """
                update mxhooks.parked set unended = 0, begun_by = null, failed_at = coalesce(failed_at, current_timestamp),
                reason = ?, message = ?, trace = ?, history = %s
                where consumer = ? and position = ? and attempts = ? and not dead""".formatted(HISTORY),
                failure.reason(),
                failure.message(),
                failure.trace(),
                failure.line(),
                event.consumer(),
                event.position(),
                event.attempts());
    }

    /** The attempt does not count. */
    void postpone(ParkedEvent event, Duration delay) throws SQLException {
        sql.update("""
                update mxhooks.parked set unended = 0, begun_by = null, attempts = attempts - 1, due = %s
                where consumer = ? and position = ? and attempts = ? and not dead""".formatted(IN), seconds(delay), event.consumer(), event.position(), event.attempts());
    }

    /** As above, because the consumer asked for it. */
    void postpone(ParkedEvent event, Duration delay, Failure failure) throws SQLException {
        postpone(event, delay);
        sql.update(
                "update mxhooks.parked set reason = ?, message = ?, trace = ? where consumer = ? and position = ? and not dead",
                failure.reason(),
                failure.message(),
                failure.trace(),
                event.consumer(),
                event.position());
    }

    /** The event is a dead letter; the next of its resource is due. */
    void deadLetter(ParkedEvent event, Failure failure) throws SQLException {
        sql.update(
                """
                update mxhooks.parked set dead = true, dead_at = current_timestamp, due = null, unended = 0, begun_by = null,
                failed_at = coalesce(failed_at, current_timestamp), reason = ?, message = ?, trace = ?, history = %s
                where consumer = ? and position = ? and attempts = ? and not dead""".formatted(HISTORY),
                failure.reason(),
                failure.message(),
                failure.trace(),
                failure.line(),
                event.consumer(),
                event.position(),
                event.attempts());
        releaseNext(event);
    }

    private void releaseNext(ParkedEvent event) throws SQLException {
        if (event.resource().isPresent()) {
            sql.update("""
                    update mxhooks.parked set due = current_timestamp where due is null and consumer = ? and position =
                    (select min(position) from mxhooks.parked
                    where consumer = ? and ordering_key = ? and not dead and replay = ?)""", event.consumer(), event.consumer(), event.resource().get(), event.replay());
        }
    }

    private static ParkedEvent parkedEvent(String consumer, ResultSet row) throws SQLException {
        OffsetDateTime now = row.getObject("now", OffsetDateTime.class);
        OffsetDateTime failedAt = row.getObject("failed_at", OffsetDateTime.class);
        return new ParkedEvent(
                consumer,
                row.getLong("position"),
                row.getInt("lane"),
                Optional.ofNullable(row.getString("ordering_key")),
                row.getBoolean("replay"),
                row.getInt("attempts"),
                row.getInt("unended"),
                failedAt == null ? Duration.ZERO : Duration.between(failedAt, now));
    }

    static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3);
    }
}
