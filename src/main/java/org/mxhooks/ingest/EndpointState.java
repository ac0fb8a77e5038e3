package org.mxhooks.ingest;

import java.time.Instant;
import java.util.Optional;

/**
 * How an endpoint fares.
 *
 * @param name as in the URL
 * @param lastDelivery when the newest delivery was kept, on any node
 * @param webhooksVersion of the payload, as a header of that delivery told; nobody signed it
 * @param versionExpiry when that version ends, as another header told
 * @param lastPreviousSecretUse when the previous secret, as it is now, last verified a request at this node since it
 *     started
 * @param refused requests that this node refused since it started: for their signatures or their sizes
 * @param lastRefusal the last of them whose cause was worked out, which is done once a second
 */
public record EndpointState(
        String name,
        Optional<Instant> lastDelivery,
        Optional<String> webhooksVersion,
        Optional<Instant> versionExpiry,
        Optional<Instant> lastPreviousSecretUse,
        long refused,
        Optional<Refusal> lastRefusal) {

    /**
     * A request that was refused.
     *
     * @param at by this node's clock
     * @param why for the operator alone: it tells what the sender is not told
     */
    public record Refusal(Instant at, String why) {}
}
