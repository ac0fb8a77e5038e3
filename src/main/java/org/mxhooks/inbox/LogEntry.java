package org.mxhooks.inbox;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.mendix.Attributes;

/**
 * A delivery in the log, with its bytes.
 *
 * @param position its place
 * @param delivery its id
 * @param endpoint name of the endpoint that accepted it
 * @param scheme by which it was verified
 * @param receivedAt by the database's clock
 * @param lane that it travels in
 * @param attributes what is stored beside the bytes
 * @param headers every header as a JSON object of arrays; none once they were emptied by age
 * @param body the bytes as they arrived; empty once they were emptied by age
 */
public record LogEntry(
        long position,
        UUID delivery,
        String endpoint,
        String scheme,
        Instant receivedAt,
        int lane,
        Attributes attributes,
        String headers,
        Optional<byte[]> body) {

    /** Whether the body is an event and is still there. */
    public boolean decodable() {
        return body.isPresent() && attributes.undecodable().isEmpty();
    }

    /** The entry without its bytes. */
    public DeliverySummary summary() {
        return new DeliverySummary(position, delivery, endpoint, receivedAt, attributes);
    }
}
