package org.mxhooks.ingest;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Warns of the end of the webhooks version that the portal sends to an endpoint: once a day, from 30 days before. Not
 * safe for use by more than one thread.
 */
final class ExpiryWarning {

    private static final System.Logger LOG = System.getLogger(EndpointRegistry.class.getName());
    private static final Duration AHEAD = Duration.ofDays(30);
    private static final Duration AGAIN = Duration.ofDays(1);

    private final Clock clock;
    private final Map<String, Instant> warnedAt = new HashMap<>();

    ExpiryWarning(Clock clock) {
        this.clock = clock;
    }

    /** To be called often; warns where it is time. */
    void look(List<EndpointState> endpoints) {
        endpoints.forEach(endpoint -> endpoint.versionExpiry().ifPresent(expiry -> look(endpoint, expiry)));
    }

    private void look(EndpointState endpoint, Instant expiry) {
        Instant now = clock.instant();
        Instant again = warnedAt.getOrDefault(endpoint.name(), Instant.EPOCH).plus(AGAIN);
        if (expiry.minus(AHEAD).isAfter(now) || again.isAfter(now)) {
            return;
        }
        warnedAt.put(endpoint.name(), now);
        LOG.log(
                WARNING,
                "Version {0} of the webhooks at endpoint {1} {2} on {3}, according to an unsigned header of its newest delivery:"
                        + " choose a newer version in the portal",
                endpoint.webhooksVersion().orElse("?"),
                endpoint.name(),
                expiry.isAfter(now) ? "ends" : "ended",
                expiry);
    }
}
