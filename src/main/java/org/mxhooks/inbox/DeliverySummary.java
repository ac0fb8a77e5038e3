package org.mxhooks.inbox;

import java.time.Instant;
import java.util.UUID;
import org.mxhooks.mendix.Attributes;

/**
 * A delivery in the log, without its bytes.
 *
 * @param position its place
 * @param delivery its id
 * @param endpoint name of the endpoint that accepted it
 * @param receivedAt by the database's clock
 * @param attributes what is stored beside the bytes
 */
public record DeliverySummary(
        long position, UUID delivery, String endpoint, Instant receivedAt, Attributes attributes) {

    /** Whether its body is no event. */
    public boolean isUndecodable() {
        return attributes.undecodable().isPresent();
    }
}
