package org.mxhooks.inbox;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The newest deliveries of a lane.
 *
 * @param since position behind which no delivery of the lane is missing among them
 * @param before the delivery of the lane at that position; empty where it is not in memory
 * @param entries in the order of positions; at least one
 */
public record LaneTail(long since, Optional<UUID> before, List<LogEntry> entries) {

    /** Whether a delivery stands in the same piece of the log, so that none of the lane is missing behind it. */
    public boolean knows(long position, UUID delivery) {
        return position == since && before.filter(delivery::equals).isPresent()
                || entries.stream()
                        .anyMatch(entry ->
                                entry.position() == position && entry.delivery().equals(delivery));
    }
}
