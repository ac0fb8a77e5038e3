package org.mxhooks.mendix;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Finds what is to be remarked about the body of a deployment webhook. */
final class DeploymentRemarks {

    /** A push may have thousands of commits that are all wrong in one way. */
    private static final int MAX_REMARKS = 20;

    private final DeploymentBody payload;
    private final Instant receivedAt;

    DeploymentRemarks(DeploymentBody payload, Instant receivedAt) {
        this.payload = payload;
        this.receivedAt = receivedAt;
    }

    List<String> all(boolean hasUniqueNames) {
        FieldRemarks remarks = new FieldRemarks(hasUniqueNames);
        remarks.lookAt("", List.of(DeploymentFields.EVENT_TYPE), payload.json());
        payload.kind().ifPresentOrElse(kind -> known(kind, remarks), () -> unknown(remarks));
        return remarks.all();
    }

    private void unknown(FieldRemarks remarks) {
        remarks.add(DeploymentFields.EVENT_TYPE.in(payload.json()).stream()
                .findFirst()
                .map(type ->
                        "not mirrored: the body's eventType %s is not known".formatted(Values.quoted(type.getValue())))
                .orElse("not mirrored: the body has no eventType and is no alert"));
    }

    private void known(DeploymentKind kind, FieldRemarks remarks) {
        JsonObject body = payload.json();
        remarks.lookAt("", kind.fields(), body);
        kind.time().ifPresent(field -> field.of(body).ifPresent(time -> remarks.ahead(field.name(), time, receivedAt)));
        DeploymentFields.COMMITS
                .of(body)
                .filter(list -> kind == DeploymentKind.PUSH)
                .ifPresent(list -> commits(list, remarks));
        List<String> missing = missing(kind);
        missing.forEach(name -> remarks.add("not mirrored: the body has no usable " + name));
        if (missing.isEmpty()
                && kind.time().isPresent()
                && payload.updatedAt(receivedAt).isEmpty()) {
            remarks.add("mirrored as older than every state that has a time: the body has no usable "
                    + kind.time().get().name());
        }
    }

    private static void commits(List<JsonValue> commits, FieldRemarks remarks) {
        for (int i = 0; i < commits.size(); i++) {
            if (remarks.size() >= MAX_REMARKS) {
                remarks.add("commits from number %s on are not looked at for remarks".formatted(i + 1));
                return;
            }
            String path = "commits[%s]".formatted(i);
            if (commits.get(i) instanceof JsonObject commit) {
                remarks.lookAt(path + ".", DeploymentFields.IN_COMMIT, commit);
            } else {
                remarks.add("%s %s is not an object".formatted(path, Values.quoted(commits.get(i))));
            }
        }
    }

    /** The fields without which the mirror cannot place an event. */
    private List<String> missing(DeploymentKind kind) {
        JsonObject body = payload.json();
        Stream<Field<String>> needed = switch (kind) {
            case PUSH, PACKAGE -> Stream.of(DeploymentFields.PROJECT_ID);
            case ALERT ->
                Stream.of(DeploymentFields.SEVERITY, DeploymentFields.SERVICE, DeploymentFields.ENVIRONMENT_ID);
        };
        return needed.filter(field -> field.of(body).isEmpty()).map(Field::name).toList();
    }
}
