package org.mxhooks.alarms;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mxhooks.event.OperatorAlert.Kind;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.ingest.EndpointRegistry;
import org.mxhooks.ingest.EndpointState;

/**
 * Endpoints that are silent against their own {@link Rhythm}. The rhythm is read once in each silence, by some 1,300
 * lookups in indexes. Not safe for use by more than one thread.
 */
final class SilentEndpoints implements AlarmCheck {

    private static final Duration HOUR = Duration.ofHours(1);

    /** Nobody is silent any sooner. */
    private static final Duration MIN_SILENCE = Duration.ofHours(3);

    private final EndpointRegistry endpoints;
    private final Inbox inbox;
    private final Clock clock;
    private final Map<String, Silence> silences = new HashMap<>();

    private record Silence(Instant since, Rhythm rhythm) {}

    SilentEndpoints(EndpointRegistry endpoints, Inbox inbox, Clock clock) {
        this.endpoints = endpoints;
        this.inbox = inbox;
        this.clock = clock;
    }

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.SILENT_ENDPOINT);
    }

    @Override
    public List<Condition> find() throws SQLException {
        List<Condition> silent = new ArrayList<>();
        for (EndpointState endpoint : endpoints.all()) {
            if (endpoint.lastDelivery().isPresent()
                    && isSilent(endpoint.name(), endpoint.lastDelivery().get())) {
                silent.add(condition(endpoint.name(), endpoint.lastDelivery().get()));
            }
        }
        return silent;
    }

    private boolean isSilent(String endpoint, Instant since) throws SQLException {
        Instant now = clock.instant();
        return since.plus(MIN_SILENCE).isBefore(now) && rhythm(endpoint, since).isBroken(hour(now));
    }

    private Rhythm rhythm(String endpoint, Instant since) throws SQLException {
        Silence known = silences.get(endpoint);
        if (known == null || !known.since().equals(since)) {
            Instant from = Instant.EPOCH.plus(HOUR.multipliedBy(hour(since) - Rhythm.HOURS + 1));
            known = new Silence(since, new Rhythm(inbox.activeHours(endpoint, from, Rhythm.HOURS), hour(since)));
            silences.put(endpoint, known);
        }
        return known.rhythm();
    }

    private static long hour(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), HOUR.toSeconds());
    }

    private static Condition condition(String endpoint, Instant since) {
        return new Condition(
                        Kind.SILENT_ENDPOINT,
                        endpoint,
                        "Nothing was accepted at endpoint %s since %s, at hours at which deliveries arrived in most of the four weeks before."
                                .formatted(endpoint, since),
                        "Check the webhook in the portal and the way to this server, and whether requests are refused."
                                + " An endpoint that is no longer used: remove it from mxhooks.endpoints.")
                .withCommand("mxhooks endpoints");
    }
}
