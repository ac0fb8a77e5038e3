package org.mxhooks.ingest;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of an endpoint, for operators.
 *
 * @param name as in the URL
 * @param lastDelivery when the newest delivery was kept, on any node
 * @param webhooksVersion of the payload, from a header of that delivery, which no signature covers
 * @param versionExpiry when that version ends, from another such header
 * @param lastPreviousSecretUse when the previous secret, as it is now, last verified a request at this node since it
 *     started
 * @param refused number of requests that this node refused since it started
 * @param lastRefusal the last of them whose cause was determined, which is done at most once a second
 */
public record EndpointState(
        String name,
        Optional<Instant> lastDelivery,
        Optional<String> webhooksVersion,
        Optional<Instant> versionExpiry,
        Optional<Instant> lastPreviousSecretUse,
        long refused,
        Optional<RefusedRequest> lastRefusal) {

    /**
     * A request that was refused.
     *
     * @param at by this node's clock
     * @param why the cause, for the operator alone: it says more than the sender may know
     */
    public record RefusedRequest(Instant at, String why) {}
}
