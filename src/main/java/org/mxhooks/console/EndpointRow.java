package org.mxhooks.console;

import java.time.Duration;
import java.time.Instant;
import org.mxhooks.ingest.EndpointState;

/**
 * An endpoint, as the overview shows it.
 *
 * @param name as in the URL
 * @param lastDelivery when the newest delivery was kept, or null
 * @param version of the webhooks, or empty
 * @param versionExpiry when the webhooks version ends, or null
 * @param refused requests that this node refused since it started
 * @param refusedAt when the last refusal was diagnosed, or null
 * @param why its cause, or empty
 * @param previousUsed when the previous secret last verified a request at this node, or null
 * @param url of the list of its deliveries
 */
public record EndpointRow(
        String name,
        Instant lastDelivery,
        String version,
        Instant versionExpiry,
        long refused,
        Instant refusedAt,
        String why,
        Instant previousUsed,
        String url) {

    private static final Duration SOON = Duration.ofDays(30);

    /** Whether the version has ended. */
    public boolean expired() {
        return versionExpiry != null && versionExpiry.isBefore(Instant.now());
    }

    /** How urgent a newer version is, as the sheet colours it. */
    public String expiryState() {
        boolean soon =
                versionExpiry != null && versionExpiry.isBefore(Instant.now().plus(SOON));
        return expired() ? "dead" : soon ? "waiting" : "";
    }

    /** The list of the requests that it refused. */
    public String refusedUrl() {
        return PageUrl.of("refused", "endpoint", name);
    }

    static EndpointRow of(EndpointState state) {
        return new EndpointRow(
                state.name(),
                state.lastDelivery().orElse(null),
                state.webhooksVersion().orElse(""),
                state.versionExpiry().orElse(null),
                state.refused(),
                state.lastRefusal().map(EndpointState.RefusedRequest::at).orElse(null),
                state.lastRefusal().map(EndpointState.RefusedRequest::why).orElse(""),
                state.lastPreviousSecretUse().orElse(null),
                PageUrl.of("deliveries", "endpoint", state.name()));
    }
}
