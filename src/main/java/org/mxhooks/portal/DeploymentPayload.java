package org.mxhooks.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The bodies of deployment webhooks. Source: the portal's pages on these webhooks. */
final class DeploymentPayload {

    private static final String RUNTIME = "10.18.0.5000";
    private static final DateTimeFormatter ALERT_TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** A commit of a push. */
    record OneCommit(String id, String message, List<String> stories) {}

    private DeploymentPayload() {}

    static byte[] push(PortalApp app, Person author, Instant at, String branch, String before, OneCommit commit) {
        JsonArrayBuilder stories = PortalJson.BUILDERS.createArrayBuilder();
        commit.stories().forEach(story -> stories.add(object().add("id", story)));
        JsonObjectBuilder json = object().add("authorDate", PortalJson.time(at))
                .add("authorEmail", author.mail())
                .add("authorName", author.fullName())
                .add("id", commit.id())
                .add("mendixVersion", RUNTIME)
                .add("message", commit.message())
                .add("relatedStories", stories);
        return bytes(object().add("after", commit.id())
                .add("before", before)
                .add("userId", author.id())
                .add("branchName", branch)
                .add("commits", PortalJson.BUILDERS.createArrayBuilder().add(json))
                .add("eventType", "teamserver.push")
                .add("projectId", app.id())
                .add("repositoryType", "git"));
    }

    static byte[] packageUploaded(PortalApp app, Person uploader, Instant at, String name, String modelVersion) {
        return bytes(object().add("eventType", "package.uploaded")
                .add("modelVersion", modelVersion)
                .add("name", name)
                .add("projectId", app.id())
                .add("runtimeVersion", RUNTIME)
                .add("uploadTime", PortalJson.time(at))
                .add("uploaderId", uploader.id()));
    }

    static byte[] alert(PortalApp app, Instant at, PortalAlert alert) {
        String host = app.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return bytes(object().add("app_name", host)
                .add("environment", alert.environment())
                .add("environment_id", alert.environmentId(app))
                .add("id", alert.id())
                .add("message", alert.message())
                .add("service", alert.service())
                .add("severity", alert.severity())
                .add("timestamp", ALERT_TIME.format(at))
                .add("url", "https://%s.example.com".formatted(host)));
    }

    private static JsonObjectBuilder object() {
        return PortalJson.BUILDERS.createObjectBuilder();
    }

    private static byte[] bytes(JsonObjectBuilder json) {
        return json.build().toString().getBytes(UTF_8);
    }
}
