package org.mxhooks.operations;

import java.time.Instant;
import java.util.Optional;

/**
 * Outstanding work of a consumer.
 *
 * @param consumer its name
 * @param pending deliveries beyond its cursors, also those that it will turn out not to want
 * @param parked events that are tried again, or wait behind one of the same resource
 * @param replays replays that were asked for and have not ended
 * @param dead events and replays that were given up
 * @param oldestPending when the oldest delivery was received that is pending or parked
 * @param paused whether an operator has it stand still
 * @param deployed whether any living node has it
 * @param waiting that it asked to be notified later, in some of its lanes
 */
public record Backlog(
        String consumer,
        long pending,
        long parked,
        long replays,
        long dead,
        Optional<Instant> oldestPending,
        boolean paused,
        boolean deployed,
        Optional<Waiting> waiting) {

    /** @param held whether it is a subscription whose subscriber is not called */
    public ConsumerStatus status(boolean held) {
        if (!deployed) {
            return ConsumerStatus.NOT_DEPLOYED;
        }
        if (paused) {
            return ConsumerStatus.PAUSED;
        }
        if (held || waiting.isPresent()) {
            return ConsumerStatus.WAITING;
        }
        return parked > 0 ? ConsumerStatus.RETRYING : dead > 0 ? ConsumerStatus.DEAD_LETTERS : ConsumerStatus.RUNNING;
    }
}
