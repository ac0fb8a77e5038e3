package org.mxhooks.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.Place;
import org.mxhooks.inbox.Span;
import org.mxhooks.orders.OrderKind;
import org.mxhooks.orders.OrderStep;
import org.mxhooks.orders.WorkOrder;

/** Orders that replay to a consumer what was received in a period, 500 deliveries in a step. */
record PeriodReplay(Sql sql, Inbox inbox, Engine engine) implements OrderKind {

    private static final int MAX_STEP = 500;

    private record Received(long position, Instant at) {

        static Received of(ResultSet row) throws SQLException {
            return new Received(
                    row.getLong("position"), Sql.instant(row, "received_at").orElseThrow());
        }
    }

    @Override
    public String name() {
        return RepairDetails.REPLAY_PERIOD;
    }

    @Override
    public OrderStep step(WorkOrder order) throws Exception {
        LogTimes times = new LogTimes(sql);
        RepairDetails details = RepairDetails.parse(order.details());
        Instant from = details.from().orElseThrow();
        Instant to = details.to().orElseThrow();
        long after = order.progress().isEmpty() ? times.lastBefore(from) : Long.parseLong(order.progress());
        List<Received> next = sql.query(
                "select position, received_at from mxhooks.delivery where position > ? and position < ?"
                        + " order by position limit ?",
                Received::of,
                after,
                times.firstAfter(to),
                MAX_STEP);
        Set<Long> wanted = next.stream()
                .filter(delivery ->
                        !delivery.at().isBefore(from) && delivery.at().isBefore(to))
                .map(Received::position)
                .collect(Collectors.toSet());
        long done = order.done() + replay(details.consumer().orElseThrow(), wanted);
        return next.size() < MAX_STEP
                ? order.end(order.progress(), done)
                : order.next(String.valueOf(next.get(MAX_STEP - 1).position()), done);
    }

    private int replay(String consumer, Set<Long> wanted) throws SQLException {
        if (wanted.isEmpty()) {
            return 0;
        }
        Span span = new Span(
                wanted.stream().mapToLong(Long::longValue).min().getAsLong(),
                wanted.stream().mapToLong(Long::longValue).max().getAsLong());
        List<Place> events = inbox.lockEvents(span).stream()
                .filter(place -> wanted.contains(place.position()))
                .toList();
        return engine.replay(consumer, span, events);
    }
}
