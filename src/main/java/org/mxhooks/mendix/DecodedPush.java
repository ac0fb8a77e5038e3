package org.mxhooks.mendix;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.event.Commit;
import org.mxhooks.event.TeamServerPushEvent;

final class DecodedPush extends DecodedEvent implements TeamServerPushEvent {

    DecodedPush(DeploymentBody payload, Provenance provenance) {
        super(payload, provenance);
    }

    @Override
    public Optional<String> branchName() {
        return DeploymentFields.BRANCH_NAME.of(json());
    }

    @Override
    public Optional<String> before() {
        return DeploymentFields.BEFORE.of(json());
    }

    @Override
    public Optional<String> after() {
        return DeploymentFields.AFTER.of(json());
    }

    @Override
    public Optional<String> repositoryType() {
        return DeploymentFields.REPOSITORY_TYPE.of(json());
    }

    @Override
    public Optional<String> userId() {
        return DeploymentFields.USER_ID.of(json());
    }

    @Override
    public List<Commit> commits() {
        return elements(DeploymentFields.COMMITS, json())
                .filter(JsonObject.class::isInstance)
                .map(commit -> commit(commit.asJsonObject()))
                .toList();
    }

    private static Commit commit(JsonObject commit) {
        return new Commit(
                DeploymentFields.ID.of(commit),
                DeploymentFields.MESSAGE.of(commit),
                DeploymentFields.AUTHOR_NAME.of(commit),
                DeploymentFields.AUTHOR_EMAIL.of(commit),
                DeploymentFields.AUTHOR_DATE.of(commit),
                DeploymentFields.MENDIX_VERSION.of(commit),
                elements(DeploymentFields.RELATED_STORIES, commit)
                        .flatMap(story -> storyId(story).stream())
                        .toList());
    }

    /** A story is an object with its id; the id alone is understood too. */
    private static Optional<String> storyId(JsonValue story) {
        return story instanceof JsonObject object
                ? DeploymentFields.ID.of(object)
                : Values.id(story).value();
    }

    private static Stream<JsonValue> elements(Field<JsonArray> field, JsonObject object) {
        return field.of(object).stream().flatMap(List::stream);
    }
}
