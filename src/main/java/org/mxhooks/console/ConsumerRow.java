package org.mxhooks.console;

import java.time.Instant;
import java.util.Optional;
import org.mxhooks.operations.Backlog;
import org.mxhooks.operations.ConsumerStatus;
import org.mxhooks.operations.Waiting;

/**
 * A consumer, as a page shows it.
 *
 * @param name its name
 * @param state in one word, a key of the texts
 * @param pending deliveries beyond its cursors
 * @param parked events that are retried
 * @param replays unfinished replays
 * @param dead dead letters
 * @param oldest when the oldest unprocessed delivery was received, or null
 * @param waiting what it waits for, or empty
 * @param nextTry when it is tried next, or null
 * @param paused whether an operator paused it
 * @param deployed whether a running node has it
 */
public record ConsumerRow(
        String name,
        String state,
        long pending,
        long parked,
        long replays,
        long dead,
        Instant oldest,
        String waiting,
        Instant nextTry,
        boolean paused,
        boolean deployed) {

    /** @param names what is known of the subscriptions' consumers */
    static ConsumerRow of(Backlog backlog, ConsumerNames names) {
        Optional<Waiting> waiting = backlog.waiting();
        return new ConsumerRow(
                backlog.consumer(),
                backlog.status(names.isHeld(backlog.consumer())).toString(),
                backlog.pending(),
                backlog.parked(),
                backlog.replays(),
                backlog.dead(),
                backlog.oldestPending().orElse(null),
                waiting.map(wait -> wait.reason() + ": " + wait.message()).orElse(""),
                waiting.map(Waiting::nextTry).orElse(null),
                backlog.paused(),
                backlog.deployed());
    }

    boolean isTroubled() {
        return !state.equals(ConsumerStatus.RUNNING.toString());
    }

    /** Where its retirement is confirmed. */
    public String retireUrl() {
        return PageUrl.of("confirm", "change", "retire", "consumer", name);
    }

    /** The list of its dead letters. */
    public String deadUrl() {
        return PageUrl.of("dead-letters", "consumer", name);
    }
}
