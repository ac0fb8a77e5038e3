package org.mxhooks.mirror;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** A past alert of a service of an environment. */
@Entity
@Table(schema = "mxhooks", name = "alert_version")
public class AlertVersion extends Past implements Version<AlertSnapshot> {

    @Id
    private String delivery;

    @Column(name = "service_id")
    private String serviceId;

    @Embedded
    private AlertState state;

    protected AlertVersion() {}

    AlertVersion(String serviceId, String delivery, AlertState state, Instant supersededAt) {
        super(supersededAt);
        this.serviceId = serviceId;
        this.delivery = delivery;
        this.state = state;
    }

    @Override
    public AlertSnapshot snapshot() {
        return state.snapshot(serviceId, delivery, List.of());
    }
}
