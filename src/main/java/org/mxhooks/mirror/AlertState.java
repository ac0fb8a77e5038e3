package org.mxhooks.mirror;

import static org.mxhooks.mirror.Columns.label;
import static org.mxhooks.mirror.Columns.storable;
import static org.mxhooks.mirror.Row.textColumn;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mxhooks.event.AlertEvent;

/** A service's state after an alert. */
@Embeddable
public class AlertState implements ResourceState {

    /** After these nothing is wrong any more. */
    private static final Set<String> ENDING = Set.of("ok", "recovery");

    @Embedded
    private Moment moment;

    @Column(name = "app_id")
    private String appId;

    @Column(name = "environment_id")
    private String environmentId;

    private String environment;
    private String service;
    private String severity;

    @Column(name = "is_open")
    private boolean open;

    private String message;

    @Column(name = "alert_id")
    private String alertId;

    private String url;

    protected AlertState() {}

    /** Reads {@link #columns}. */
    AlertState(String appId, Row row) {
        this.appId = appId;
        moment = new Moment(row);
        environmentId = row.next();
        environment = row.text("environment");
        service = row.next();
        severity = row.next();
        open = row.<Boolean>next();
        message = row.text("message");
        alertId = row.text("alertId");
        url = row.text("url");
    }

    /** What JPQL selects for a list, of a state at a path. */
    static String columns(String path) {
        return String.join(
                ", ",
                Moment.columns(path + "moment."),
                path + "environmentId",
                textColumn(path + "environment"),
                path + "service",
                path + "severity",
                path + "open",
                textColumn(path + "message"),
                textColumn(path + "alertId"),
                textColumn(path + "url"));
    }

    AlertState(AlertEvent event) {
        moment = new Moment(event.timestamp(), event.position());
        appId = event.appId().orElseThrow();
        environmentId = event.environmentId().orElseThrow();
        environment = storable(event.environment());
        service = label(event.service());
        severity = label(event.severity());
        open = !ENDING.contains(event.action());
        message = storable(event.message());
        alertId = storable(event.alertId());
        url = storable(event.url());
    }

    @Override
    public Moment moment() {
        return moment;
    }

    String appId() {
        return appId;
    }

    /** @param cut the fields whose texts are longer than they are here */
    AlertSnapshot snapshot(String serviceId, String delivery, List<String> cut) {
        return new AlertSnapshot(
                serviceId,
                appId,
                environmentId,
                Optional.ofNullable(environment),
                service,
                severity,
                open,
                Optional.ofNullable(message),
                Optional.ofNullable(alertId),
                Optional.ofNullable(url),
                moment.updatedAt(),
                moment.position(),
                delivery,
                cut);
    }
}
