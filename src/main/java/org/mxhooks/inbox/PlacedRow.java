package org.mxhooks.inbox;

import java.time.Instant;
import java.util.Optional;

/** A row and its place in the log. */
record PlacedRow(long position, LogRow row) {

    boolean isUndecodable() {
        return row.attributes().undecodable().isPresent();
    }

    LogEntry entry(Instant receivedAt) {
        Arrival arrival = row.arrival();
        return new LogEntry(
                position,
                row.delivery(),
                arrival.endpoint(),
                arrival.scheme(),
                receivedAt,
                row.lane(),
                row.attributes(),
                arrival.headers(),
                Optional.of(arrival.body()));
    }
}
