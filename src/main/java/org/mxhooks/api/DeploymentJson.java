package org.mxhooks.api;

import static org.mxhooks.api.JsonObjects.add;
import static org.mxhooks.api.JsonObjects.array;
import static org.mxhooks.api.JsonObjects.object;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.regex.Pattern;
import org.mxhooks.mirror.AlertSnapshot;
import org.mxhooks.mirror.PackageSnapshot;
import org.mxhooks.mirror.PushSnapshot;
import org.mxhooks.mirror.PushedCommit;

/** Pushes, packages and alerts as JSON. */
final class DeploymentJson {

    /** A story that the portal names by its number is one of the mirror's. */
    private static final Pattern STORY_ID = Pattern.compile("0|[1-9][0-9]{0,17}");

    private DeploymentJson() {}

    static JsonObjectBuilder of(PushSnapshot push) {
        JsonArrayBuilder commits = array();
        push.commits().forEach(commit -> commits.add(of(commit)));
        return listed(push).add("commits", commits);
    }

    static JsonObjectBuilder listed(PushSnapshot push) {
        JsonObjectBuilder json = object().add("delivery", push.delivery()).add("appId", push.appId());
        add(json, "branchName", push.branchName());
        add(json, "before", push.before());
        add(json, "after", push.after());
        add(json, "repositoryType", push.repositoryType());
        add(json, "userId", push.userId());
        json.add("commitCount", push.commitCount())
                .add("receivedAt", push.receivedAt().toString());
        return withCut(json, push.cut());
    }

    private static JsonObjectBuilder of(PushedCommit commit) {
        JsonObjectBuilder json = object();
        add(json, "id", commit.id());
        add(json, "message", commit.message());
        add(json, "authorName", commit.authorName());
        add(json, "authorEmail", commit.authorEmail());
        add(json, "authorDate", commit.authorDate());
        add(json, "mendixVersion", commit.mendixVersion());
        JsonArrayBuilder stories = array();
        commit.relatedStories().forEach(story -> stories.add(story(story)));
        return json.add("relatedStories", stories);
    }

    private static JsonObjectBuilder story(String id) {
        JsonObjectBuilder json = object().add("id", id);
        return STORY_ID.matcher(id).matches() ? json.add("storyId", Long.parseLong(id)) : json;
    }

    static JsonObjectBuilder of(PackageSnapshot uploaded) {
        JsonObjectBuilder json = object().add("delivery", uploaded.delivery()).add("appId", uploaded.appId());
        add(json, "name", uploaded.name());
        add(json, "modelVersion", uploaded.modelVersion());
        add(json, "runtimeVersion", uploaded.runtimeVersion());
        add(json, "uploaderId", uploaded.uploaderId());
        add(json, "uploadTime", uploaded.uploadTime());
        return withCut(json, uploaded.cut());
    }

    static JsonObjectBuilder of(AlertSnapshot alert) {
        JsonObjectBuilder json = object().add("serviceId", alert.serviceId())
                .add("appId", alert.appId())
                .add("environmentId", alert.environmentId());
        add(json, "environment", alert.environment());
        json.add("service", alert.service()).add("severity", alert.severity()).add("open", alert.open());
        add(json, "message", alert.message());
        add(json, "alertId", alert.alertId());
        add(json, "url", alert.url());
        add(json, "timestamp", alert.timestamp());
        return withCut(json.add("delivery", alert.delivery()), alert.cut());
    }

    private static JsonObjectBuilder withCut(JsonObjectBuilder json, List<String> cut) {
        return cut.isEmpty() ? json : json.add("cut", array(cut));
    }
}
