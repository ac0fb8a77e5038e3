package org.mxhooks.orders;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * An order of an operator, as it is kept.
 *
 * @param id of the order
 * @param kind name of its {@link OrderKind}
 * @param orderedBy name of the user who gave it
 * @param orderedAt when
 * @param startedBy name of the user who started it, where it waited for that
 * @param startedAt when
 * @param endedBy name of the user who cancelled it; empty where nobody did
 * @param endedAt when it was done or cancelled
 * @param state how far it is
 * @param details what is to be done, as the kind wrote it
 * @param progress how far it is, as the kind wrote it
 * @param total how much there is to do, if that is known
 * @param done how much of that is done
 * @param failure why its last step failed, or a node cannot do its part; empty once that has succeeded
 */
public record WorkOrder(
        UUID id,
        String kind,
        String orderedBy,
        Instant orderedAt,
        Optional<String> startedBy,
        Optional<Instant> startedAt,
        Optional<String> endedBy,
        Optional<Instant> endedAt,
        OrderState state,
        String details,
        String progress,
        OptionalLong total,
        long done,
        Optional<String> failure) {

    /** A step after which there is more to do. */
    public OrderStep next(String newProgress, long newDone) {
        return new OrderStep(OrderState.RUNNING, details, newProgress, total, newDone);
    }

    /** A step with which all is done. */
    public OrderStep end(String newProgress, long newDone) {
        return new OrderStep(OrderState.DONE, details, newProgress, total, newDone);
    }

    /** Whether a step changes nothing of it. */
    boolean isLeftBy(OrderStep step) {
        return state == step.state()
                && details.equals(step.details())
                && progress.equals(step.progress())
                && total.equals(step.total())
                && done == step.done();
    }

    /** Nothing can be done now: the order is asked again in a second. */
    public OrderStep later() {
        return next(progress, done);
    }
}
