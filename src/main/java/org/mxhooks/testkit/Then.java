package org.mxhooks.testkit;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.dispatch.ConsumerState;
import org.mxhooks.dispatch.ConsumerState.State;

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

    /** The consumer failed, or waits behind an event of the same story or sprint on which it did; it will be tried again. */
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
        for (UUID delivery : deliveries) {
            int actual = companion.ask(node -> node.notifications(consumer, delivery));
            if (actual != times) {
                throw new AssertionError("%s was notified %d times, not %d".formatted(consumer, actual, times));
            }
        }
        return this;
    }

    private Then notified(String consumer, boolean expected) {
        for (UUID delivery : deliveries) {
            boolean actual = companion.ask(node -> node.notifications(consumer, delivery)) > 0;
            if (actual != expected) {
                throw new AssertionError(consumer
                        + (actual
                                ? " was notified"
                                : " was passed over: its observer's parameter does not match such an event"));
            }
        }
        return this;
    }

    private Then is(State expected, String consumer, Class<? extends Throwable> reason) {
        companion.knows(consumer);
        for (UUID delivery : deliveries) {
            ConsumerState actual = companion.ask(node -> node.states(delivery)).stream()
                    .filter(state -> state.consumer().equals(consumer))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(consumer + " began after the delivery"));
            boolean sameReason = reason == null || actual.reason().equals(Optional.of(reason.getName()));
            if (actual.state() != expected || !sameReason) {
                throw new AssertionError("%s is %s%s, not %s%s"
                        .formatted(
                                consumer,
                                actual.state(),
                                actual.trace().map(trace -> ", " + trace).orElse(""),
                                expected,
                                reason == null ? "" : " with " + reason.getName()));
            }
        }
        return this;
    }
}
