package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a message-driven bean hears of the topic, from the brokers in WildFly and Payara Server and from ActiveMQ in
 * Payara Micro.
 */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class SubscriberJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String APP = "6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Body STORY = Body.of("story-updated.json").story(9000);

    private final Notebook notebook = Notebook.ofServer();

    private Portal portal;
    private Operator operator;

    @BeforeEach
    void meet() {
        portal = JourneyServer.portal();
        operator = JourneyServer.operator();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(operator.consumers().text()).contains("jms"));
    }

    @Test
    void hearsOfEachDeliveryWithThePropertiesOfTheContract() throws IOException {
        Body story = STORY.named("published");
        String delivery = Answer.to(portal.signed(story)
                        .header("traceparent", TRACE)
                        .header("tracestate", "vendor=1")
                        .build())
                .delivery();

        JsonObject message = awaitMessages(delivery, 1).get(0);

        assertThat(properties(message))
                .contains(
                        entry("category", "stories"),
                        entry("action", "updated"),
                        entry("endpoint", "default"),
                        entry("appId", APP),
                        entry("resourceType", "story"),
                        entry("resourceId", "9000"),
                        entry("JMSXGroupID", "story 9000 " + APP),
                        entry("delivery", delivery),
                        entry("replay", "false"),
                        entry("_AMQ_DUPL_ID", delivery),
                        entry("traceparent", TRACE),
                        entry("tracestate", "vendor=1"));
        JsonObject body = json(message.getString("body"));
        assertThat(body.getString("delivery")).isEqualTo(delivery);
        assertThat(body.getJsonObject("json")).isEqualTo(json(story.text()));
    }

    @Test
    void hearsOfAReplayMarkedAsOne() throws IOException {
        String delivery = portal.sends(STORY.named("replayed")).delivery();
        awaitMessages(delivery, 1);

        assertThat(operator.replays(delivery, "jms").status()).isEqualTo(202);

        assertThat(awaitMessages(delivery, 2))
                .extracting(message -> message.getString("replay"))
                .containsExactly("false", "true");
    }

    private List<JsonObject> awaitMessages(String delivery, int number) throws IOException {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(notebook.lines(delivery, "subscriber")).hasSize(number));
        return notebook.lines(delivery, "subscriber").stream()
                .map(SubscriberJourneyIT::json)
                .toList();
    }

    private static Map<String, String> properties(JsonObject message) {
        return message.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> ((JsonString) each.getValue()).getString()));
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }
}
