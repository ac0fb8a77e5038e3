package org.mxhooks.console;

import java.time.Instant;
import org.mxhooks.operations.BoundedCount;
import org.mxhooks.operations.DeadGroup;

/**
 * A group of dead letters, as a page shows it.
 *
 * @param consumer its name; empty for deliveries that could not be decoded
 * @param reason why they failed
 * @param count how many, counted up to a limit
 * @param latest since when the newest is dead, or null
 * @param url of the list of them
 */
public record DeadRow(String consumer, String reason, BoundedCount count, Instant latest, String url) {

    static DeadRow of(DeadGroup group) {
        String consumer = group.consumer().orElse("");
        return new DeadRow(
                consumer,
                group.reason(),
                group.count(),
                group.latest().orElse(null),
                PageUrl.of("dead-letters", "consumer", consumer, "reason", group.reason()));
    }

    /** The page that replays the group. */
    public String replayUrl() {
        return PageUrl.of("repair", "order", "replay-dead", "consumer", consumer, "reason", reason);
    }

    /** The page that discards the group. */
    public String discardUrl() {
        return PageUrl.of("repair", "order", "discard-dead", "consumer", consumer, "reason", reason);
    }
}
