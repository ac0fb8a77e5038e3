package org.mxhooks.relay;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a subscriber is called: that of the node where it is worst, as each node last wrote it, a few seconds ago.
 *
 * @param since when it is not called; empty while the state is {@link Phase#CLOSED}
 * @param nextProbeAt when it is called with one delivery to find out; only while the state is {@link Phase#OPEN}
 * @param consecutiveFailures on all nodes, on each since its last success
 * @param cause of the last failure; empty while the state is {@link Phase#CLOSED}
 * @param waitsUntil until when it asked not to be called, by {@code Retry-After}
 */
public record BreakerState(
        Phase phase,
        Optional<Instant> since,
        Optional<Instant> nextProbeAt,
        int consecutiveFailures,
        Optional<String> cause,
        Optional<Instant> waitsUntil) {

    static final BreakerState UNTROUBLED =
            new BreakerState(Phase.CLOSED, Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.empty());

    /** Whether calls are made, the better the earlier. */
    public enum Phase {
        /** All are made. */
        CLOSED("closed"),
        /** One is being made, or may be, as a probe. */
        HALF_OPEN("half-open"),
        /** None. */
        OPEN("open");

        private final String text;

        Phase(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    boolean isCalled() {
        return phase == Phase.CLOSED && waitsUntil.isEmpty();
    }

    /** This node's and another's. */
    BreakerState and(BreakerState other) {
        boolean isWorse = other.phase.compareTo(phase) > 0;
        return new BreakerState(
                isWorse ? other.phase : phase,
                first(since, other.since),
                first(nextProbeAt, other.nextProbeAt),
                consecutiveFailures + other.consecutiveFailures,
                isWorse ? other.cause : cause,
                first(waitsUntil, other.waitsUntil));
    }

    private static Optional<Instant> first(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && other.filter(one.get()::isAfter).isEmpty() ? one : other;
    }
}
