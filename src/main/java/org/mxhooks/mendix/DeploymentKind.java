package org.mxhooks.mendix;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of deployment webhooks. An alert has no {@code eventType}: it is known by its fields. */
enum DeploymentKind {
    PUSH(
            "teamserver.push",
            Optional.empty(),
            List.of(
                    DeploymentFields.PROJECT_ID,
                    DeploymentFields.BRANCH_NAME,
                    DeploymentFields.BEFORE,
                    DeploymentFields.AFTER,
                    DeploymentFields.REPOSITORY_TYPE,
                    DeploymentFields.USER_ID,
                    DeploymentFields.COMMITS)),
    PACKAGE(
            "package.uploaded",
            Optional.of(DeploymentFields.UPLOAD_TIME),
            List.of(
                    DeploymentFields.PROJECT_ID,
                    DeploymentFields.NAME,
                    DeploymentFields.MODEL_VERSION,
                    DeploymentFields.RUNTIME_VERSION,
                    DeploymentFields.UPLOAD_TIME,
                    DeploymentFields.UPLOADER_ID)),
    ALERT(
            "alerts",
            Optional.of(DeploymentFields.TIMESTAMP),
            List.of(
                    DeploymentFields.ID,
                    DeploymentFields.SEVERITY,
                    DeploymentFields.SERVICE,
                    DeploymentFields.MESSAGE,
                    DeploymentFields.APP_NAME,
                    DeploymentFields.ENVIRONMENT,
                    DeploymentFields.ENVIRONMENT_ID,
                    DeploymentFields.TIMESTAMP,
                    DeploymentFields.URL));

    private final String category;
    private final Optional<Field<Instant>> time;
    private final List<Field<?>> fields;

    DeploymentKind(String category, Optional<Field<Instant>> time, List<Field<?>> fields) {
        this.category = category;
        this.time = time;
        this.fields = fields;
    }

    /** The kind of a body; empty if its {@code eventType} is not known, or it has none and is no alert. */
    static Optional<DeploymentKind> of(JsonObject body) {
        if (DeploymentFields.EVENT_TYPE.isIn(body)) {
            return DeploymentFields.EVENT_TYPE
                    .of(body)
                    .flatMap(type -> Arrays.stream(values())
                            .filter(kind -> kind != ALERT && kind.category.equalsIgnoreCase(type))
                            .findFirst());
        }
        boolean alert = DeploymentFields.SEVERITY.isIn(body)
                || DeploymentFields.SERVICE.isIn(body) && DeploymentFields.ENVIRONMENT_ID.isIn(body);
        return alert ? Optional.of(ALERT) : Optional.empty();
    }

    /** The category; of a push and a package also the {@code eventType}. */
    String category() {
        return category;
    }

    /** The field that holds when the portal's state was reached; a push has none. */
    Optional<Field<Instant>> time() {
        return time;
    }

    List<Field<?>> fields() {
        return fields;
    }
}
