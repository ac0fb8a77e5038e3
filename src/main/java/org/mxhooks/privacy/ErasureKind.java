package org.mxhooks.privacy;

import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.mxhooks.alarms.Alarms;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TextTable;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.ingest.RefusalLog;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.orders.OrderKind;
import org.mxhooks.orders.OrderState;
import org.mxhooks.orders.OrderStep;
import org.mxhooks.orders.WorkOrder;
import org.mxhooks.orders.WorkOrders;
import org.mxhooks.relay.Subscriptions;

/** How a person is erased: counted first, and when an operator has started it, changed place by place. */
final class ErasureKind implements OrderKind {

    static final String NAME = "erase-person";

    /** As they are gone through; the order's own row is changed by its end. */
    static final List<TextTable> PLACES = Stream.of(
                    Inbox.TEXTS.stream(),
                    Mirror.TEXTS.stream(),
                    Engine.TEXTS.stream(),
                    Subscriptions.TEXTS.stream(),
                    Alarms.TEXTS.stream(),
                    RefusalLog.TEXTS.stream(),
                    WorkOrders.TEXTS.stream().map(orders -> orders.where("kind <> '" + NAME + "'")))
            .flatMap(places -> places)
            .toList();

    private static final int KEPT = 1_000;

    private final Sql sql;
    private final ErasureMemory memory;

    ErasureKind(Sql sql, ErasureMemory memory) {
        this.sql = sql;
        this.memory = memory;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** They are evidence. */
    @Override
    public int kept() {
        return KEPT;
    }

    static ErasureProgress progress(WorkOrder order) {
        return order.progress().isEmpty() ? ErasureProgress.begin(PLACES) : ErasureProgress.read(order.progress());
    }

    @Override
    public OrderStep step(WorkOrder order) throws SQLException {
        ErasureProgress progress = progress(order);
        if (progress.counts().size() != PLACES.size()) {
            throw new IllegalStateException("the order was given to another release; cancel it and give it anew");
        }
        if (order.startedAt().isPresent() && !progress.erasing()) {
            progress = progress.erase();
        }
        if (hasToSettle(progress)) {
            return memory.isDropped(order.id()) ? kept(order, progress.settle(), OrderState.RUNNING) : order.later();
        }
        return progress.isAtEnd() ? end(order, progress) : sweep(order, progress);
    }

    /** What consumers wrote is swept when no call with an old body is under way. */
    private static boolean hasToSettle(ErasureProgress progress) {
        return progress.erasing() && !progress.settled() && progress.place() == Inbox.TEXTS.size();
    }

    private OrderStep sweep(WorkOrder order, ErasureProgress progress) throws SQLException {
        ErasureDetails details = ErasureDetails.read(order.details());
        Redaction redaction = new Redaction(new ErasedPerson(details.identifiers()), details.alsoFound());
        Sweep.Piece piece =
                new Sweep(sql, redaction).next(PLACES.get(progress.place()), progress.after(), progress.erasing());
        ErasureProgress behind = progress.behind(piece);
        return new OrderStep(
                OrderState.RUNNING,
                details.with(redaction.alsoFound()).json(),
                behind.json(),
                progress.erasing() ? OptionalLong.of(behind.rows()) : OptionalLong.empty(),
                done(order, progress) + piece.rows());
    }

    /** The rows are gone through twice. */
    private static long done(WorkOrder order, ErasureProgress progress) {
        boolean begins =
                progress.erasing() && progress.place() == 0 && progress.after().isEmpty();
        return begins ? 0 : order.done();
    }

    private OrderStep end(WorkOrder order, ErasureProgress progress) throws SQLException {
        if (!progress.erasing()) {
            return kept(order, progress, OrderState.WAITING);
        }
        memory.end(order.id());
        ErasureDetails ended = ErasureDetails.read(order.details()).ended();
        return new OrderStep(OrderState.DONE, ended.json(), progress.json(), order.total(), order.done());
    }

    private static OrderStep kept(WorkOrder order, ErasureProgress progress, OrderState state) {
        return new OrderStep(state, order.details(), progress.json(), order.total(), order.done());
    }

    @Override
    public String afterwards(WorkOrder cancelled) {
        return ErasureDetails.read(cancelled.details()).ended().json();
    }

    @Override
    public void tend(WorkOrder running) throws SQLException {
        if (hasToSettle(progress(running))) {
            memory.drop(running.id());
        }
    }
}
