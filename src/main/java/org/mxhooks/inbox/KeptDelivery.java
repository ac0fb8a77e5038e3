package org.mxhooks.inbox;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the log tells of a delivery, for people.
 *
 * @param position its place
 * @param delivery its id
 * @param endpoint name of the endpoint that accepted it
 * @param receivedAt by the database's clock
 * @param portalId the portal's id for it, which nobody signed
 * @param attributes what was decoded from the body
 */
public record KeptDelivery(
        long position,
        UUID delivery,
        String endpoint,
        Instant receivedAt,
        Optional<String> portalId,
        Arrival.Attributes attributes) {}
