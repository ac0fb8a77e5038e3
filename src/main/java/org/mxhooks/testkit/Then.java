package org.mxhooks.testkit;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.operations.ConsumerState;
import org.mxhooks.operations.ConsumerState.State;

/** What is asserted of deliveries; a failure tells the consumer's own. */
public final class Then {

    private final Delivered delivered;
    private final Companion companion;
    private final List<UUID> deliveries;

    Then(Delivered delivered, Companion companion, List<UUID> deliveries) {
        this.delivered = delivered;
        this.companion = companion;
        this.deliveries = deliveries;
    }

    /** More is to happen to them. */
    public Delivered when() {
        return delivered;
    }

    /** The consumer was notified, and its transaction committed. */
    public Then done(String consumer) {
        return is(State.DONE, consumer, null).notified(consumer, true);
    }

    /** The consumer's observer does not observe such an event. */
    public Then ignored(String consumer) {
        return is(State.DONE, consumer, null).notified(consumer, false);
    }

    /** The consumer threw {@code TryLater}, or waits in a lane where it did. */
    public Then waiting(String consumer) {
        return is(State.PENDING, consumer, null);
    }

    /**
     * The consumer failed, or waits behind an event of the same story or sprint on which it did; it will be tried
     * again.
     */
    public Then parked(String consumer) {
        return is(State.PARKED, consumer, null);
    }

    /** As {@link #parked(String)}, and failed with an exception of exactly this class. */
    public Then parked(String consumer, Class<? extends Throwable> reason) {
        return is(State.PARKED, consumer, reason);
    }

    /** The consumer gave up: only a replay will notify it again. */
    public Then dead(String consumer) {
        return is(State.DEAD, consumer, null);
    }

    /** The consumer was notified so many times, whatever came of it. */
    public Then notified(String consumer, int times) {
        companion.knows(consumer);
        deliveries.forEach(delivery -> demand(
                notifications(consumer, delivery) == times,
                "%s was notified %s times, not %s".formatted(consumer, notifications(consumer, delivery), times)));
        return this;
    }

    private Then notified(String consumer, boolean expected) {
        String otherwise = expected
                ? " was passed over: its observer's parameter does not match such an event"
                : " was notified, and dealt with it";
        deliveries.forEach(delivery -> demand(notifications(consumer, delivery) > 0 == expected, consumer + otherwise));
        return this;
    }

    private int notifications(String consumer, UUID delivery) {
        return companion.ask(node -> node.notifications(consumer, delivery));
    }

    private Then is(State expected, String consumer, Class<? extends Throwable> reason) {
        companion.knows(consumer);
        for (UUID delivery : deliveries) {
            ConsumerState actual = state(consumer, delivery);
            boolean sameReason = reason == null || actual.reason().equals(Optional.of(reason.getName()));
            demand(actual.state() == expected && sameReason, describe(actual) + ", not " + describe(expected, reason));
        }
        return this;
    }

    private ConsumerState state(String consumer, UUID delivery) {
        return companion.ask(node -> node.states(delivery)).stream()
                .filter(state -> state.consumer().equals(consumer))
                .findFirst()
                .orElseThrow();
    }

    private static String describe(ConsumerState actual) {
        return "%s is %s%s"
                .formatted(
                        actual.consumer(),
                        actual.state(),
                        actual.trace().map(trace -> ", " + trace).orElse(""));
    }

    private static String describe(State expected, Class<? extends Throwable> reason) {
        return reason == null ? expected.toString() : expected + " with " + reason.getName();
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
