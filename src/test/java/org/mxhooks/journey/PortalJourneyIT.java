package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.portal.RunningPortal;

/** The portal's stand-in sends, mxhooks receives: at the end both have the same. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class PortalJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Operator operator = JourneyServer.operator();

    @TempDir
    private Path home;

    @Test
    void theMirrorBecomesWhatThePortalHas() {
        try (RunningPortal portal = new RunningPortal(home)) {
            JsonObject play = portal.post("api/plays", play());
            await().atMost(SOON)
                    .until(() -> portal.get("api/plays/1").getString("state").equals("finished"));
            await().atMost(SOON).until(() -> deliveries(portal, "waiting").isEmpty());

            assertThat(deliveries(portal, "delivered"))
                    .isNotEmpty()
                    .allMatch(delivery -> delivery.getInt("status") == 202);
            String app = "apps/" + play.getString("app");
            List<JsonObject> stories = portal.get("api/" + app + "/stories")
                    .getJsonArray("stories")
                    .getValuesAs(JsonObject.class);
            assertThat(stories)
                    .isNotEmpty()
                    .allSatisfy(story -> await().atMost(SOON)
                            .untilAsserted(() -> demandSame(story, mirrored(app + "/stories/" + story.getInt("id")))));
            for (String kind : List.of("pushes", "packages")) {
                await().atMost(SOON)
                        .untilAsserted(
                                () -> assertThat(operator.asks(app + "/" + kind).text())
                                        .contains("\"delivery\":"));
            }
        }
    }

    private JsonObject mirrored(String path) {
        try (JsonReader reader =
                Json.createReader(new StringReader(operator.asks(path).text()))) {
            return reader.readObject();
        }
    }

    private static void demandSame(JsonObject story, JsonObject mirrored) {
        for (String field : List.of("name", "description", "status", "storyType", "hasSubStories")) {
            assertThat(mirrored.get(field)).as(field).isEqualTo(story.get(field));
        }
        assertThat(Instant.parse(mirrored.getString("updatedAt"))).isEqualTo(story.getString("updatedAt"));
    }

    private static List<JsonObject> deliveries(RunningPortal portal, String state) {
        return portal.get("api/deliveries?limit=200&state=" + state)
                .getJsonArray("deliveries")
                .getValuesAs(JsonObject.class);
    }

    private static String play() {
        return """
               {"seed":8,"rate":"200/s","count":200,"webhooks":[
                 {"family":"projects","url":"%shooks/default","secret":"%s"},
                 {"family":"deployment","url":"%shooks/deployments","secret":"%s"}]}
               """.formatted(
                        JourneyServer.application(),
                        System.getProperty("portal.secret"),
                        JourneyServer.application(),
                        System.getProperty("deployments.secret"));
    }
}
