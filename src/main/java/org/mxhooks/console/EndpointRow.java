package org.mxhooks.console;

import java.time.Instant;
import org.mxhooks.ingest.EndpointState;

/**
 * An endpoint, as the overview shows it.
 *
 * @param name as in the URL
 * @param lastDelivery when the newest delivery was kept, or null
 * @param versionExpiry when the webhooks version ends, or null
 * @param refused requests that this node refused since it started
 * @param refusedAt when the last refusal was diagnosed, or null
 * @param why its cause, or empty
 * @param url of the list of its deliveries
 */
public record EndpointRow(
        String name,
        Instant lastDelivery,
        Instant versionExpiry,
        long refused,
        Instant refusedAt,
        String why,
        String url) {

    /** Whether the version has ended. */
    public boolean expired() {
        return versionExpiry != null && versionExpiry.isBefore(Instant.now());
    }

    static EndpointRow of(EndpointState state) {
        return new EndpointRow(
                state.name(),
                state.lastDelivery().orElse(null),
                state.versionExpiry().orElse(null),
                state.refused(),
                state.lastRefusal().map(EndpointState.RefusedRequest::at).orElse(null),
                state.lastRefusal().map(EndpointState.RefusedRequest::why).orElse(""),
                PageUrl.of("deliveries", "endpoint", state.name()));
    }
}
