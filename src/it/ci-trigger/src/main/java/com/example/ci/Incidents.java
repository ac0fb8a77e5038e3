package com.example.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mxhooks.event.AlertEvent;
import org.mxhooks.event.Consumer;

/**
 * Opens an incident for a critical alert, and closes it when the service has recovered. One observer for both: two
 * would be two consumers, and the recovery might be sent first. An alert that arrives after a newer one of its service
 * changes nothing.
 */
@ApplicationScoped
public class Incidents {

    private static final Set<String> RECOVERED = Set.of("recovery", "ok");

    @Inject
    Pager pager;

    @Inject
    IncidentTable incidents;

    @Consumer("incidents")
    void follow(@Observes AlertEvent alert) {
        boolean opens = alert.action().equals("critical");
        Optional<String> service = service(alert);
        if (service.isPresent() && (opens || RECOVERED.contains(alert.action()))) {
            follow(alert, service.get(), opens);
        }
    }

    private void follow(AlertEvent alert, String service, boolean opens) {
        Instant time = alert.timestamp().orElse(alert.receivedAt());
        Optional<IncidentTable.Incident> known = incidents.of(service);
        if (known.filter(incident -> incident.changedAt().isAfter(time)).isPresent()) {
            return;
        }
        boolean open = known.map(IncidentTable.Incident::open).orElse(false);
        incidents.put(service, new IncidentTable.Incident(time, opens));
        if (opens && !open) {
            pager.open(service, alert);
        } else if (open && !opens) {
            pager.close(service);
        }
    }

    /** A key of one length, whatever the service is called. */
    private static Optional<String> service(AlertEvent alert) {
        return alert.environmentId()
                .flatMap(environment -> alert.service().map(service -> environment + "\n" + service))
                .map(key -> UUID.nameUUIDFromBytes(key.getBytes(UTF_8)).toString());
    }
}
