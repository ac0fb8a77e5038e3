package org.mxhooks.alarms;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.mxhooks.event.OperatorAlert.Kind;
import org.mxhooks.ingest.EndpointRegistry;
import org.mxhooks.ingest.EndpointState;

/**
 * Endpoints whose webhooks version ends soon, or has ended, according to an unsigned header of their newest delivery.
 */
record ExpiringVersions(EndpointRegistry endpoints, Clock clock) implements AlarmCheck {

    private static final Duration AHEAD = Duration.ofDays(30);

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.VERSION_EXPIRY);
    }

    /** Two webhooks of different versions may send to one endpoint in turn. */
    @Override
    public Duration hold() {
        return Duration.ofDays(1);
    }

    @Override
    public List<Condition> find() throws SQLException {
        return endpoints.all().stream().flatMap(this::expiring).toList();
    }

    private Stream<Condition> expiring(EndpointState endpoint) {
        Instant now = clock.instant();
        return endpoint
                .versionExpiry()
                .filter(expiry -> !expiry.minus(AHEAD).isAfter(now))
                .map(expiry -> new Condition(
                        Kind.VERSION_EXPIRY,
                        endpoint.name(),
                        "Version %s of the webhooks at endpoint %s %s on %s, according to an unsigned header of a delivery."
                                .formatted(
                                        endpoint.webhooksVersion().orElse("?"),
                                        endpoint.name(),
                                        expiry.isAfter(now) ? "ends" : "ended",
                                        expiry),
                        "Choose a newer version of the webhook in the portal."))
                .stream();
    }
}
