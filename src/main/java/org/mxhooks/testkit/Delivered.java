package org.mxhooks.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.operations.ConsumerState;
import org.mxhooks.operations.ConsumerState.State;

/** The steps of a test. Each returns after all observers have completed. */
public final class Delivered {

    private final CompanionNode companion;
    private final List<Payload> payloads;
    private final List<UUID> deliveries = new ArrayList<>();

    Delivered(CompanionNode companion, List<Payload> payloads) {
        this.companion = companion;
        this.payloads = payloads;
    }

    /** The portal sends the payloads, one after the other. A repeated one is a duplicate: no consumer is notified. */
    public Delivered delivered() {
        deliveries.clear();
        payloads.forEach(payload -> deliveries.add(companion.accept(payload)));
        companion.step(node -> node.notifyOfPending());
        return this;
    }

    /**
     * All retry delays and all pauses of {@code TryLater} elapse: every parked or waiting event is retried once,
     * including those of earlier steps.
     */
    public Delivered retried() {
        companion.step(node -> node.skipDelays());
        return this;
    }

    /** An operator replays the deliveries to a consumer. */
    public Delivered replayedTo(String consumer) {
        companion.requireConsumer(consumer);
        deliveries.forEach(delivery -> companion.step(node -> node.replay(delivery, consumer)));
        return this;
    }

    /** The assertions, each about all deliveries of this {@code given}. */
    public Then then() {
        if (deliveries.isEmpty()) {
            throw new IllegalStateException("nothing was delivered: call delivered() before then()");
        }
        return new Then(this, companion, List.copyOf(deliveries));
    }

    /** Assertions about deliveries. A failed assertion shows the stack trace of the consumer's failure. */
    public static final class Then {

        private final Delivered delivered;
        private final CompanionNode companion;
        private final List<UUID> deliveries;

        private Then(Delivered delivered, CompanionNode companion, List<UUID> deliveries) {
            this.delivered = delivered;
            this.companion = companion;
            this.deliveries = deliveries;
        }

        /** Continues with further steps. */
        public Delivered when() {
            return delivered;
        }

        /** The consumer was notified, and its transaction committed. */
        public Then done(String consumer) {
            return is(State.DONE, consumer, null).notified(consumer, true);
        }

        /** The observer does not match the event: its consumer was not notified. */
        public Then ignored(String consumer) {
            return is(State.DONE, consumer, null).notified(consumer, false);
        }

        /**
         * The consumer threw {@code TryLater} for this or an earlier event of the same lane, and will be notified
         * again.
         */
        public Then waiting(String consumer) {
            return is(State.PENDING, consumer, null);
        }

        /** The consumer failed on this or an earlier event of the same resource; the event will be retried. */
        public Then parked(String consumer) {
            return is(State.PARKED, consumer, null);
        }

        /** As {@link #parked(String)}, after an exception of exactly this class. */
        public Then parked(String consumer, Class<? extends Throwable> reason) {
            return is(State.PARKED, consumer, reason);
        }

        /** The event is a dead letter of the consumer: only a replay notifies it again. */
        public Then dead(String consumer) {
            return is(State.DEAD, consumer, null);
        }

        /** The number of times that the consumer was notified, whatever the outcome. */
        public Then notified(String consumer, int times) {
            companion.requireConsumer(consumer);
            deliveries.forEach(delivery -> require(
                    notifications(consumer, delivery) == times,
                    "%s was notified %s times, not %s".formatted(consumer, notifications(consumer, delivery), times)));
            return this;
        }

        private Then notified(String consumer, boolean expected) {
            String otherwise = expected
                    ? " was not notified: the parameter of its observer does not match the event"
                    : " was notified, although its observer was expected to ignore the event";
            deliveries.forEach(
                    delivery -> require(notifications(consumer, delivery) > 0 == expected, consumer + otherwise));
            return this;
        }

        private int notifications(String consumer, UUID delivery) {
            return companion.ask(node -> node.notifications(consumer, delivery));
        }

        private Then is(State expected, String consumer, Class<? extends Throwable> reason) {
            companion.requireConsumer(consumer);
            for (UUID delivery : deliveries) {
                ConsumerState actual = state(consumer, delivery);
                boolean sameReason = reason == null || actual.reason().equals(Optional.of(reason.getName()));
                require(
                        actual.state() == expected && sameReason,
                        describe(actual) + ", not " + describe(expected, reason));
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

        private static void require(boolean holds, String otherwise) {
            if (!holds) {
                throw new AssertionError(otherwise);
            }
        }
    }
}
