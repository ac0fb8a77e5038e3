package org.mxhooks.console;

import java.time.Instant;
import org.mxhooks.operations.DeadGroup;

/**
 * A group of dead letters, as a page shows it.
 *
 * @param consumer its name; empty for deliveries that could not be decoded
 * @param reason why they failed
 * @param count how many
 * @param latest since when the newest is dead, or null
 * @param url of the list of them
 */
public record DeadRow(String consumer, String reason, long count, Instant latest, String url) {

    static DeadRow of(DeadGroup group) {
        String consumer = group.consumer().orElse("");
        return new DeadRow(
                consumer,
                group.reason(),
                group.count(),
                group.latest().orElse(null),
                PageUrl.of("dead-letters", "consumer", consumer, "reason", group.reason()));
    }
}
