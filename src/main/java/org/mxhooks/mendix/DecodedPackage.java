package org.mxhooks.mendix;

import java.time.Instant;
import java.util.Optional;
import org.mxhooks.event.PackageUploadedEvent;

final class DecodedPackage extends DecodedEvent implements PackageUploadedEvent {

    DecodedPackage(DeploymentBody payload, Provenance provenance) {
        super(payload, provenance);
    }

    @Override
    public Optional<String> name() {
        return DeploymentFields.NAME.of(json());
    }

    @Override
    public Optional<String> modelVersion() {
        return DeploymentFields.MODEL_VERSION.of(json());
    }

    @Override
    public Optional<String> runtimeVersion() {
        return DeploymentFields.RUNTIME_VERSION.of(json());
    }

    @Override
    public Optional<Instant> uploadTime() {
        return updatedAt();
    }

    @Override
    public Optional<String> uploaderId() {
        return DeploymentFields.UPLOADER_ID.of(json());
    }
}
