package org.mxhooks.operations;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.database.Sql;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.DeliverySummary;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.Span;

/**
 * Requests replays. What a consumer has processed is replayed beside its lane; a dead letter likewise; what is parked
 * is due at once; what is pending stays so. A second request changes nothing, as long as the first is not done.
 */
final class Replays {

    /** Positions that are requested in one transaction. */
    private static final int MAX_SPAN = 5_000;

    private final Sql sql;
    private final Transaction transaction;
    private final Inbox inbox;
    private final Engine engine;

    Replays(Sql sql, Transaction transaction, Inbox inbox, Engine engine) {
        this.sql = sql;
        this.transaction = transaction;
        this.inbox = inbox;
        this.engine = engine;
    }

    /** Requests the replay of one delivery, or returns why there is none. */
    ReplayRequest ofDelivery(UUID delivery, String consumer) throws Exception {
        Optional<DeliverySummary> kept = inbox.summary(delivery);
        if (kept.isEmpty()) {
            return ReplayRequest.UNKNOWN_DELIVERY;
        }
        if (!engine.consumers().contains(consumer)) {
            return ReplayRequest.UNKNOWN_CONSUMER;
        }
        if (kept.get().isUndecodable()) {
            return ReplayRequest.UNDECODABLE;
        }
        long position = kept.get().position();
        if (ofSpan(consumer, new Span(position, position)) > 0) {
            return ReplayRequest.ACCEPTED;
        }
        return isDone(consumer, position) ? ReplayRequest.BODY_REMOVED : ReplayRequest.PENDING;
    }

    /** Whether a delivery whose body was removed is neither beyond the consumer's cursor nor parked. */
    private boolean isDone(String consumer, long position) throws SQLException {
        return sql.exists("""
                select 1 from mxhooks.delivery d join mxhooks.lane l on l.lane = d.lane and d.position <= l.cursor
                where d.position = ? and l.consumer = ?
                and not exists (select 1 from mxhooks.body b where b.position = d.position)
                and not exists (select 1 from mxhooks.parked p where p.consumer = l.consumer and p.position = d.position)""", position, consumer);
    }

    /**
     * All that arrived from one instant until before another, by the database's clock; in several transactions, so that
     * after a crash some of them may be requested.
     */
    int ofPeriod(String consumer, Instant from, Instant to) throws Exception {
        Optional<Span> all = new LogTimes(sql).between(from, to);
        if (all.isEmpty()) {
            return 0;
        }
        long last = all.get().last();
        int replays = 0;
        for (long first = all.get().first(); first <= last; first += MAX_SPAN) {
            replays += ofSpan(consumer, new Span(first, Math.min(last, first + MAX_SPAN - 1)));
        }
        return replays;
    }

    private int ofSpan(String consumer, Span span) throws Exception {
        int[] replays = new int[1];
        transaction.run(() -> replays[0] = engine.replay(consumer, span, inbox.lockEvents(span)));
        return replays[0];
    }
}
