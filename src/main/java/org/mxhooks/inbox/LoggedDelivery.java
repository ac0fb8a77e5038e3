package org.mxhooks.inbox;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A delivery read from the log.
 *
 * @param position its place
 * @param delivery its id
 * @param endpoint name of the endpoint that accepted it
 * @param receivedAt by the database's clock
 * @param portalId the portal's id for it
 * @param lane that it travels in
 * @param resource that it is about, by which deliveries are kept in order; empty where it is about none
 * @param category as decoded when it arrived
 * @param decodable whether the body is an event, and has not been emptied
 * @param headers every header as a JSON object of arrays
 * @param body the bytes as they arrived; none once it was emptied
 */
public record LoggedDelivery(
        long position,
        UUID delivery,
        String endpoint,
        Instant receivedAt,
        Optional<String> portalId,
        int lane,
        Optional<String> resource,
        String category,
        boolean decodable,
        String headers,
        byte[] body) {}
