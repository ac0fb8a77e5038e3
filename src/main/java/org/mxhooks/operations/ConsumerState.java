package org.mxhooks.operations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a consumer is with a delivery.
 *
 * @param consumer its name
 * @param state how far
 * @param replay whether this is about a replay, which an operator asked for
 * @param attempts how many were begun, of what is parked or dead
 * @param due when it is tried next
 * @param reason class of what the last failed attempt threw, or a word for it
 * @param message what it said
 * @param trace its stack trace, cut
 * @param waiting that its lane is paused before the delivery, since the consumer asked for that
 * @param discarded who discarded its dead letter, where the state is {@link State#DISCARDED}
 * @param history the last failed attempts at what is parked or dead, the oldest first
 */
public record ConsumerState(
        String consumer,
        State state,
        boolean replay,
        int attempts,
        Optional<Instant> due,
        Optional<String> reason,
        Optional<String> message,
        Optional<String> trace,
        Optional<Waiting> waiting,
        Optional<Discarded> discarded,
        List<FailedAttempt> history) {

    /** How far a consumer may be, the worst last. */
    public enum State {
        /** It was notified, or did not want to be. */
        DONE,
        /** It failed for good, and an operator discarded it; only a replay will notify it again. */
        DISCARDED,
        /** It will be notified. */
        PENDING,
        /** It failed, or waits behind another of the resource; it will be notified again. */
        PARKED,
        /** It failed for good; only a replay will notify it again. */
        DEAD
    }
}
