package org.mxhooks.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.portal.Subscriber.Call;

/** How deliveries are sent. */
class CourierTest {

    private static final String PATH = "/hook";

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(ahead.get());

    @TempDir
    private Path home;

    private Subscriber subscriber;
    private RunningPortal portal;
    private String app;

    @BeforeEach
    void start() throws IOException {
        subscriber = new Subscriber();
        portal = new RunningPortal(home, clock, Duration.ofHours(1));
        app = portal.app();
    }

    @AfterEach
    void stop() {
        portal.close();
        subscriber.close();
    }

    @Test
    void aFailingDeliveryHoldsBackThoseOfItsResourceOnly() {
        subscriber.answers(call -> call.text().contains("\"Name\":\"bad\"") ? 500 : 202);
        webhook("projects", PATH);
        long bad = story("bad");
        long good = story("good");
        portal.patch(app + "/stories/" + bad, "{\"name\":\"better\"}");
        portal.patch(app + "/stories/" + good, "{\"status\":\"Done\"}");
        await().until(() -> subscriber.accepted(PATH).size() == 2 && calls(bad).size() > 1);

        assertThat(calls(bad)).allMatch(call -> call.text().contains("\"Name\":\"bad\""));
        assertThat(subscriber.accepted(PATH)).allMatch(call -> call.resource().equals(resource(good)));

        subscriber.answers(call -> 202);
        await().until(() -> subscriber.accepted(PATH).size() == 4);
        assertThat(subscriber.accepted(PATH))
                .filteredOn(call -> call.resource().equals(resource(bad)))
                .extracting(call -> call.json().getJsonObject("Story").getString("Name"))
                .containsExactly("bad", "better");
    }

    @Test
    void eachAttemptHasTheSameIdAndBytes() {
        subscriber.answers(call -> subscriber.calls().size() < 2 ? 503 : 202);
        webhook("projects", PATH);
        story("a");
        await().until(() -> subscriber.accepted(PATH).size() == 1);
        List<Call> attempts = subscriber.calls();
        await().until(() -> state(attempts.get(0).id()).equals("delivered"));

        assertThat(attempts).hasSize(3);
        assertThat(attempts).extracting(Call::id).containsOnly(attempts.get(0).id());
        assertThat(attempts).extracting(Call::text).containsOnly(attempts.get(0).text());
        JsonObject shown = portal.get("api/deliveries/" + attempts.get(0).id());
        assertThat(shown.getJsonArray("log").getValuesAs(JsonObject.class))
                .extracting(attempt -> attempt.getInt("status"))
                .containsExactly(503, 503, 202);
        assertThat(shown.getString("body")).isEqualTo(attempts.get(0).text());
    }

    /** It accepts connections and never answers. */
    @Test
    void aDeadWebhookDelaysNoOther() throws IOException {
        try (ServerSocket dead = new ServerSocket(0)) {
            for (int i = 0; i < 3; i++) {
                portal.post(app + "/webhooks", body("projects", "http://127.0.0.1:" + dead.getLocalPort() + "/"));
            }
            webhook("projects", PATH);
            for (int i = 0; i < 40; i++) {
                story("story " + i);
            }
            await().until(() -> subscriber.accepted(PATH).size() == 40);
        }
    }

    @Test
    void aFinishedDeliveryIsSentAgainOnOrder() {
        webhook("deployment", PATH);
        portal.post(app + "/pushes", "{\"message\":\"m\"}");
        await().until(() -> subscriber.accepted(PATH).size() == 1);
        Call first = subscriber.calls().get(0);
        await().until(() -> state(first.id()).equals("delivered"));

        portal.post("api/deliveries/%s/redeliver".formatted(first.id()), "{}");

        await().until(() -> subscriber.accepted(PATH).size() == 2);
        assertThat(subscriber.calls().get(1).id()).isEqualTo(first.id());
        assertThat(subscriber.calls().get(1).body()).isEqualTo(first.body());
    }

    @Test
    void aDeliveryIsGivenUpAfterAWhileAndTheNextIsSent() {
        subscriber.answers(call -> call.text().contains("\"Name\":\"bad\"") ? 500 : 202);
        webhook("projects", PATH);
        long id = story("bad");
        portal.patch(app + "/stories/" + id, "{\"name\":\"good\"}");
        await().until(() -> !calls(id).isEmpty());

        ahead.set(Duration.ofHours(2));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> subscriber.accepted(PATH).size() == 1);
        assertThat(state(subscriber.calls().get(0).id())).isEqualTo("failed");
    }

    /** What another webhook is sent afterwards shows that its turn has passed. */
    @Test
    void aPausedWebhookIsSentNothingUntilItIsActiveAgain() {
        String id = webhook("projects", PATH);
        subscriber.answers(call -> 500);
        story("before");
        await().until(() -> !subscriber.calls().isEmpty());
        portal.patch(app + "/webhooks/" + id, "{\"active\":false}");
        subscriber.answers(call -> 202);
        portal.post(
                "api/deliveries/%s/redeliver"
                        .formatted(subscriber.calls().get(0).id()),
                "{}");
        webhook("projects", "/other");
        story("while it is paused");
        await().until(() -> subscriber.accepted("/other").size() == 1);
        assertThat(subscriber.accepted(PATH)).isEmpty();

        portal.patch(app + "/webhooks/" + id, "{\"active\":true}");

        await().until(() -> subscriber.accepted(PATH).size() == 1);
        assertThat(subscriber.accepted(PATH)).noneMatch(call -> call.text().contains("while it is paused"));
    }

    @Test
    void whatWaitsForADeletedWebhookIsCancelled() {
        String id = webhook("projects", PATH);
        subscriber.answers(call -> 500);
        story("a");
        await().until(() -> !subscriber.calls().isEmpty());

        RunningPortal.send(portal.request(app + "/webhooks/" + id).DELETE());

        assertThat(state(subscriber.calls().get(0).id())).isEqualTo("cancelled");
    }

    /** As when the process ended: nothing is recorded of what was sent. */
    @Test
    void whatWaitsIsSentByTheNextProcess() {
        subscriber.answers(call -> 500);
        webhook("projects", PATH);
        story("a");
        await().until(() -> !subscriber.calls().isEmpty());
        portal.close();
        subscriber.answers(call -> 202);

        portal = new RunningPortal(home, clock, Duration.ofHours(1));

        await().until(() -> subscriber.accepted(PATH).size() == 1);
        assertThat(subscriber.calls())
                .extracting(Call::id)
                .containsOnly(subscriber.calls().get(0).id());
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1/, Nothing accepts connections at 127.0.0.1:1",
        "http://host.invalid/, Host host.invalid is not known"
    })
    void whyThereWasNoAnswerIsSaidInWords(String url, String words) {
        portal.post(app + "/webhooks", body("projects", url));
        story("a");

        await().untilAsserted(() -> assertThat(portal.get("api/deliveries")
                        .getJsonArray("deliveries")
                        .getJsonObject(0)
                        .getString("error", "none yet"))
                .isEqualTo(words));
    }

    private String state(String delivery) {
        return portal.get("api/deliveries/" + delivery)
                .getJsonObject("delivery")
                .getString("state");
    }

    private List<Call> calls(long story) {
        return subscriber.calls().stream()
                .filter(call -> call.resource().equals(resource(story)))
                .toList();
    }

    private static Optional<String> resource(long story) {
        return Optional.of("story " + story);
    }

    private long story(String name) {
        return portal.post(app + "/stories", "{\"name\":\"%s\"}".formatted(name))
                .getInt("id");
    }

    private String webhook(String family, String path) {
        return portal.post(app + "/webhooks", body(family, subscriber.url(path)))
                .getString("id");
    }

    private static String body(String family, String url) {
        return "{\"family\":\"%s\",\"name\":\"test\",\"url\":\"%s\"}".formatted(family, url);
    }
}
