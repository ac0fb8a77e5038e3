package org.mxhooks.mendix;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of a delivery besides its body.
 *
 * @param delivery our id
 * @param portalId the portal's, from an unsigned header
 * @param endpoint name of the endpoint that accepted it
 * @param position its place in the log
 * @param receivedAt when it arrived, by the database's clock
 * @param replay whether this notification is a repeat that an operator asked for
 * @param headers every header of the request, unverified: a JSON object of arrays
 */
public record Provenance(
        UUID delivery,
        Optional<String> portalId,
        String endpoint,
        long position,
        Instant receivedAt,
        boolean replay,
        String headers) {}
