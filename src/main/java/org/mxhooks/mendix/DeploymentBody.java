package org.mxhooks.mendix;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.mxhooks.event.Project;
import org.mxhooks.event.Sender;

/** What the body of a deployment webhook says, read by its published fields. */
final class DeploymentBody implements PortalBody {

    private final JsonObject json;
    private final Optional<DeploymentKind> kind;

    DeploymentBody(JsonObject json) {
        this.json = json;
        this.kind = DeploymentKind.of(json);
    }

    @Override
    public JsonObject json() {
        return json;
    }

    Optional<DeploymentKind> kind() {
        return kind;
    }

    @Override
    public Optional<String> knownCategory() {
        return kind.map(DeploymentKind::category);
    }

    @Override
    public String action() {
        return kind.flatMap(known -> switch (known) {
                    case PUSH -> Optional.of("push");
                    case PACKAGE -> Optional.of("uploaded");
                    case ALERT -> DeploymentFields.SEVERITY.of(json).map(severity -> severity.toLowerCase(Locale.ROOT));
                })
                .orElse(Attributes.UNKNOWN);
    }

    @Override
    public Optional<String> appId() {
        return kind.filter(DeploymentKind.ALERT::equals).isPresent()
                ? appOfAlert()
                : DeploymentFields.PROJECT_ID.of(json);
    }

    /** The only names of an app that an alert contains. */
    private Optional<String> appOfAlert() {
        return DeploymentFields.APP_NAME
                .of(json)
                .flatMap(AppId::normalized)
                .or(() -> DeploymentFields.ENVIRONMENT_ID.of(json));
    }

    /** A branch, a package, or a service of an environment. */
    @Override
    public Optional<Resource> resource() {
        return kind.flatMap(known -> switch (known) {
            case PUSH -> DeploymentFields.BRANCH_NAME.of(json).map(name -> new Resource(Resource.BRANCH, name));
            case PACKAGE -> DeploymentFields.NAME.of(json).map(name -> new Resource(Resource.PACKAGE, name));
            case ALERT -> service();
        });
    }

    private Optional<Resource> service() {
        return DeploymentFields.ENVIRONMENT_ID
                .of(json)
                .flatMap(environment -> DeploymentFields.SERVICE
                        .of(json)
                        .map(service -> new Resource(Resource.SERVICE, environment + " " + service)));
    }

    @Override
    public Optional<Instant> createdAt(Instant receivedAt) {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> updatedAt(Instant receivedAt) {
        return kind.flatMap(DeploymentKind::time)
                .flatMap(field -> field.of(json))
                .filter(time -> PortalBody.isUsable(time, receivedAt));
    }

    @Override
    public Optional<Sender> sender() {
        return Optional.empty();
    }

    @Override
    public Optional<Project> project() {
        return Optional.empty();
    }
}
