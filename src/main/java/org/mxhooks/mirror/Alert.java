package org.mxhooks.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.event.AlertEvent;

/** The newest alert of a service of an environment. */
@Entity
@Table(schema = "mxhooks", name = "alert")
public class Alert extends Current<AlertState> implements Version<AlertSnapshot> {

    @Id
    @Column(name = "service_id")
    private String serviceId;

    @Embedded
    private AlertState state;

    protected Alert() {}

    Alert(String serviceId) {
        this.serviceId = serviceId;
    }

    /**
     * The key of what an alert is about, of one form and length whatever a service is called; empty if the alert lacks
     * its severity, its environment or its service, and so cannot be mirrored.
     */
    static Optional<String> serviceId(AlertEvent event) {
        return event.severity()
                .flatMap(severity -> event.environmentId())
                .flatMap(environment -> event.service().map(service -> environment + "\n" + service))
                .map(key -> UUID.nameUUIDFromBytes(key.getBytes(UTF_8)).toString());
    }

    @Override
    public AlertState state() {
        return state;
    }

    @Override
    void state(AlertState state) {
        this.state = state;
    }

    @Override
    public AlertSnapshot snapshot() {
        return state.snapshot(serviceId, delivery(), List.of());
    }
}
