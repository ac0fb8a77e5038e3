package org.mxhooks.jms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mxhooks.WireFiles;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.mendix.Provenance;
import org.mxhooks.mendix.UndecodableBody;

class EventMessageTest {

    private static final Instant RECEIVED = Instant.parse("2026-03-02T09:41:08Z");
    private static final String DELIVERY = "7d0f0e6c-6a3c-4c57-8f5e-3f5f6e1a2b3c";
    private static final String APP = "6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77";
    private static final String TRACED = """
            {"traceparent":["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"],"tracestate":["vendor=1"]}""";

    @Test
    void itsPropertiesAreThoseOfTheContract() throws UndecodableBody {
        assertThat(message("story-updated.json", false, TRACED).properties())
                .containsOnly(
                        entry("category", "stories"),
                        entry("action", "updated"),
                        entry("endpoint", "default"),
                        entry("appId", APP),
                        entry("resourceType", "story"),
                        entry("resourceId", 4711L),
                        entry("JMSXGroupID", "story 4711 " + APP),
                        entry("delivery", DELIVERY),
                        entry("replay", false),
                        entry("_AMQ_DUPL_ID", DELIVERY),
                        entry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                        entry("tracestate", "vendor=1"));
    }

    @Test
    void whatAnEventLacksIsNoProperty() throws UndecodableBody {
        assertThat(new EventMessage(DecodedBody.decode("projects", "{}".getBytes(UTF_8))
                                .toEvent(provenance(false, "{}")))
                        .properties())
                .containsOnlyKeys("category", "action", "endpoint", "delivery", "replay", "_AMQ_DUPL_ID");
    }

    @Test
    void aSprintIsAGroupToo() throws UndecodableBody {
        assertThat(message("sprint-updated.json", false, "{}").properties())
                .containsEntry("resourceType", "sprint")
                .containsEntry("JMSXGroupID", "sprint 88 " + APP);
    }

    @Test
    void aPushAPackageAndAnAlertAreSelectedByTheirKindAndGroupedByTheirResource() throws UndecodableBody {
        assertThat(message("teamserver-push.json", false, "{}").properties())
                .containsEntry("category", "teamserver.push")
                .containsEntry("action", "push")
                .containsEntry("resourceType", "branch")
                .containsEntry("resourceId", "main")
                .containsEntry("JMSXGroupID", "branch main " + APP);
        assertThat(message("package-uploaded.json", false, "{}").properties())
                .containsEntry("category", "package.uploaded")
                .containsEntry("action", "uploaded")
                .containsEntry("JMSXGroupID", "package main-1.4.0.9c1185a5.mda " + APP);
        assertThat(message("alert.json", false, "{}").properties())
                .containsEntry("category", "alerts")
                .containsEntry("action", "critical")
                .containsEntry("appId", "order-desk")
                .containsEntry("resourceType", "service")
                .containsEntry("resourceId", "b6a8c8de-aaaa-4bbb-8ccc-ddddeeeeffff Application Status")
                .containsEntry("JMSXGroupID", "service b6a8c8de-aaaa-4bbb-8ccc-ddddeeeeffff Application Status ");
    }

    @Test
    void aReplayIsNoDuplicate() throws UndecodableBody {
        EventMessage replay = message("story-updated.json", true, "{}");

        assertThat(replay.properties())
                .containsEntry("replay", true)
                .containsEntry("delivery", DELIVERY)
                .doesNotContainEntry("_AMQ_DUPL_ID", DELIVERY);
        assertThat(replay.properties().get("_AMQ_DUPL_ID"))
                .isNotEqualTo(replay.properties().get("_AMQ_DUPL_ID"));
    }

    @Test
    void itsBodyIsTheEventAsJson() throws UndecodableBody {
        JsonObject portals = json(WireFiles.text("bodies/story-updated.json"));

        assertThat(message("story-updated.json", false, TRACED).body())
                .isEqualTo(Json.createObjectBuilder()
                        .add("delivery", DELIVERY)
                        .add("portalId", "a portal's id")
                        .add("endpoint", "default")
                        .add("position", 17)
                        .add("category", "stories")
                        .add("action", "updated")
                        .add("appId", APP)
                        .add("resourceType", "story")
                        .add("resourceId", 4711)
                        .add("createdAt", "2026-03-02T08:15:30.120Z")
                        .add("updatedAt", "2026-03-02T09:41:07.884Z")
                        .add("replay", false)
                        .add("json", portals)
                        .build());
    }

    @Test
    void longTextsAreCutInPropertiesOnly() throws UndecodableBody {
        String longAction = "x".repeat(100_000);
        EventMessage message = new EventMessage(DecodedBody.decode(
                        "projects", "{\"Action\":\"%s\"}".formatted(longAction).getBytes(UTF_8))
                .toEvent(provenance(false, "{}")));

        assertThat(message.properties()).containsEntry("action", "x".repeat(200));
        assertThat(message.body().getString("action")).isEqualTo(longAction);
    }

    private static EventMessage message(String file, boolean replay, String headers) throws UndecodableBody {
        return new EventMessage(DecodedBody.decode(scheme(file), WireFiles.bytes("bodies/" + file))
                .toEvent(provenance(replay, headers)));
    }

    private static String scheme(String file) {
        return file.matches("(story|sprint)-.*") ? "projects" : "standard-webhooks";
    }

    private static Provenance provenance(boolean replay, String headers) {
        return new Provenance(
                UUID.fromString(DELIVERY), Optional.of("a portal's id"), "default", 17, RECEIVED, replay, headers);
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }
}
