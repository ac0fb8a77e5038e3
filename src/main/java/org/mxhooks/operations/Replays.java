package org.mxhooks.operations;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.database.Sql;
import org.mxhooks.database.Transaction;

/**
 * Asks for events to be notified of again. What a consumer has dealt with is replayed beside its lane; a dead letter
 * likewise; what is parked is due at once; what is still to come is left alone. Asking twice is asking once, as long as
 * the first is not done.
 */
final class Replays {

    /** Positions that are looked at in one transaction. */
    private static final int STEP = 5_000;

    /** So that retention does not empty a body that is to be replayed. */
    private static final String LOCK =
            "select position from mxhooks.delivery where position between ? and ? order by position for update";

    private static final String HURRY = """
            update mxhooks.parked set due = current_timestamp
            where due is not null and consumer = ? and position between ? and ?""";

    private static final String REVIVE = """
            update mxhooks.parked set dead = false, replay = true, ordering_key = null, due = current_timestamp,
            attempts = 0, unended = 0, failed_at = null, dead_at = null where dead and consumer = ?""";

    private static final String ADD = """
            insert into mxhooks.parked (consumer, position, lane, replay, dead, due, attempts, unended, parked_at)
            select l.consumer, d.position, d.lane, true, false, current_timestamp, 0, 0, current_timestamp
            from mxhooks.delivery d join mxhooks.lane l on l.lane = d.lane and d.position <= l.cursor
            where d.body is not null and d.undecodable is null and l.consumer = ? and d.position between ? and ?
            on conflict do nothing""";

    private static final String NO_LONGER_DISCARDED =
            "delete from mxhooks.discarded where consumer = ? and position between ? and ?";

    private final Sql sql;
    private final Transaction transaction;

    Replays(Sql sql, Transaction transaction) {
        this.sql = sql;
        this.transaction = transaction;
    }

    /** Requests the replay of one delivery, or returns why there is none. */
    ReplayRequest ofDelivery(UUID delivery, String consumer) throws Exception {
        Optional<Kept> kept = sql.first(
                "select position, undecodable is not null from mxhooks.delivery where delivery = ?",
                row -> new Kept(row.getLong(1), row.getBoolean(2)),
                delivery);
        if (kept.isEmpty()) {
            return ReplayRequest.UNKNOWN_DELIVERY;
        }
        if (!sql.exists("select 1 from mxhooks.consumer where name = ?", consumer)) {
            return ReplayRequest.UNKNOWN_CONSUMER;
        }
        if (kept.get().undecodable()) {
            return ReplayRequest.UNDECODABLE;
        }
        long position = kept.get().position();
        if (ofPositions(consumer, position, position) > 0) {
            return ReplayRequest.ACCEPTED;
        }
        return isDone(consumer, position) ? ReplayRequest.BODY_REMOVED : ReplayRequest.PENDING;
    }

    /** What decides on the replay of a delivery. */
    private record Kept(long position, boolean undecodable) {}

    /** Whether a delivery whose body was removed is neither beyond the consumer's cursor nor parked. */
    private boolean isDone(String consumer, long position) throws SQLException {
        return sql.exists("""
                select 1 from mxhooks.delivery d join mxhooks.lane l on l.lane = d.lane and d.position <= l.cursor
                where d.position = ? and d.body is null and l.consumer = ? and not exists (select 1 from mxhooks.parked p
                where p.consumer = l.consumer and p.position = d.position)""", position, consumer);
    }

    /**
     * All that arrived from one instant until before another, by the database's clock; in several transactions, so a
     * crash may leave some of them asked for.
     */
    int ofSpan(String consumer, Instant from, Instant to) throws Exception {
        List<Long> ends = sql.first(
                        "select min(position), max(position) from mxhooks.delivery"
                                + " where received_at >= ? and received_at < ?",
                        row -> List.of(row.getLong(1), row.getLong(2)),
                        from.atOffset(ZoneOffset.UTC),
                        to.atOffset(ZoneOffset.UTC))
                .orElseThrow();
        int replays = 0;
        for (long first = ends.get(0); first > 0 && first <= ends.get(1); first += STEP) {
            replays += ofPositions(consumer, first, Math.min(ends.get(1), first + STEP - 1));
        }
        return replays;
    }

    /** The dead letters of a consumer, all or those that died of a reason: the class of what was thrown. */
    int ofDead(String consumer, Optional<String> reason) throws SQLException {
        return reason.isPresent()
                ? sql.update(REVIVE + " and reason = ?", consumer, reason.get())
                : sql.update(REVIVE, consumer);
    }

    private int ofPositions(String consumer, long first, long last) throws Exception {
        int[] replays = new int[1];
        transaction.run(() -> {
            sql.query(LOCK, row -> row.getLong(1), first, last);
            sql.update(NO_LONGER_DISCARDED, consumer, first, last);
            replays[0] = sql.update(HURRY, consumer, first, last)
                    + sql.update(REVIVE + " and position between ? and ?", consumer, first, last)
                    + sql.update(ADD, consumer, first, last);
        });
        return replays[0];
    }
}
