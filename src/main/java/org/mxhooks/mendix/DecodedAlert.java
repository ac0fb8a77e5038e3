package org.mxhooks.mendix;

import java.time.Instant;
import java.util.Optional;
import org.mxhooks.event.AlertEvent;

final class DecodedAlert extends DecodedEvent implements AlertEvent {

    DecodedAlert(DeploymentBody payload, Provenance provenance) {
        super(payload, provenance);
    }

    @Override
    public Optional<String> alertId() {
        return DeploymentFields.ID.of(json());
    }

    @Override
    public Optional<String> severity() {
        return DeploymentFields.SEVERITY.of(json());
    }

    @Override
    public Optional<String> service() {
        return DeploymentFields.SERVICE.of(json());
    }

    @Override
    public Optional<String> message() {
        return DeploymentFields.MESSAGE.of(json());
    }

    @Override
    public Optional<String> appName() {
        return DeploymentFields.APP_NAME.of(json());
    }

    @Override
    public Optional<String> environment() {
        return DeploymentFields.ENVIRONMENT.of(json());
    }

    @Override
    public Optional<String> environmentId() {
        return DeploymentFields.ENVIRONMENT_ID.of(json());
    }

    @Override
    public Optional<Instant> timestamp() {
        return updatedAt();
    }

    @Override
    public Optional<String> url() {
        return DeploymentFields.URL.of(json());
    }
}
