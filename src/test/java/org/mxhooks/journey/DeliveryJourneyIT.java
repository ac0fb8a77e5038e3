package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mxhooks.ProjectsHeaders.SIGNATURE;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(JourneyServer.class)
@Tag("journey")
class DeliveryJourneyIT {

    private static final String SECRET = System.getProperty("portal.secret");
    private static final int MAX_BODY = 1024 * 1024;

    private static final Instant MORNING = Instant.parse("2026-03-02T09:00:00.000Z");
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.000Z");

    private Portal portal;
    private Operator operator;

    @BeforeEach
    void meet() {
        portal = JourneyServer.portal();
        operator = JourneyServer.operator();
        await().until(() -> operator.consumers().status() == 200);
    }

    @Test
    void acceptsADeliveryAndKnowsItAgain() {
        Answer first = portal.sends("story-updated.json");
        Answer again = portal.sends("story-updated.json");

        assertThat(first.status()).isEqualTo(202);
        assertThat(first.receipt()).isEqualTo("accepted");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.receipt()).isEqualTo("duplicate");
        assertThat(again.delivery()).isEqualTo(first.delivery());
    }

    @Test
    void refusesASignatureMadeWithAnotherSecret() {
        Answer answer = new Portal(JourneyServer.application(), "default", "guessed").sends("story-created.json");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.isProblem()).isTrue();
        assertThat(answer.text()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "()", "not a signature", "v37y4VGPzfHMAya49ZMsuve7uxSjBh6HHL3U1GTNnwY="})
    void refusesAnyOtherSignature(String value) {
        HttpRequest.Builder forged = portal.post(Body.of("story-created.json")).header(SIGNATURE, value);

        assertProblem(401, Answer.to(forged.build()));
    }

    @Test
    void refusesAnUnsignedBody() {
        assertProblem(401, Answer.to(portal.post(Body.of("story-created.json")).build()));
    }

    @Test
    void knowsNoOtherEndpoint() {
        assertProblem(404, new Portal(JourneyServer.application(), "nobody", SECRET).sends("story-created.json"));
    }

    @Test
    void takesNothingButPosts() {
        assertProblem(
                405,
                Answer.to(HttpRequest.newBuilder(JourneyServer.application().resolve("hooks/default"))
                        .build()));
    }

    @Test
    void refusesABodyThatIsDeclaredTooLarge() {
        assertProblem(413, portal.sends(new Body("x".repeat(MAX_BODY + 1))));
    }

    @Test
    void refusesABodyThatTurnsOutTooLarge() {
        byte[] body = new byte[MAX_BODY + 1];

        assertProblem(413, Answer.to(portal.post(chunked(body)).build()));
    }

    @Test
    void acceptsTheLargestBody() {
        assertThat(portal.sends(new Body("x".repeat(MAX_BODY))).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "text/plain", "application/x-www-form-urlencoded", "none/of;your=business"})
    void acceptsAnyContentType(String contentType) {
        Body body = Body.of("story-updated.json").named("sent as " + contentType);

        Answer answer = Answer.to(
                portal.signed(body).header("Content-Type", contentType).build());

        assertThat(answer.status()).isEqualTo(202);
    }

    @Test
    void keepsABodyThatItCannotDecode() {
        Answer answer = portal.sends(new Body("not json"));

        assertThat(answer.status()).isEqualTo(202);
    }

    @Test
    void mirrorsAStory() {
        portal.sends("story-created.json");

        await().untilAsserted(() -> assertMirrored("Größe – サイズ – 🚚 missing", operator.story(4712)));
    }

    @Test
    void mirrorsASprint() {
        portal.sends("sprint-updated.json");

        await().untilAsserted(() -> assertMirrored("Sprint 12", operator.sprint(88)));
    }

    @Test
    void showsTheMirrorToTheOperatorOnly() {
        assertProblem(401, operator.anonymously(4712));
        assertProblem(401, new Operator(JourneyServer.application(), "guessed").story(4712));
    }

    @Test
    void doesNotMirrorOutdatedStates() {
        Body story = Body.of("story-updated.json").story(5000);

        portal.sends(story.named("as of noon").updatedAt(NOON));
        portal.sends(story.named("as of the morning").updatedAt(MORNING));

        await().untilAsserted(() -> assertMirrored("as of noon", operator.story(5000)));
        await().during(Duration.ofSeconds(1)).untilAsserted(() -> assertMirrored("as of noon", operator.story(5000)));
    }

    private static HttpRequest.BodyPublisher chunked(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    private static void assertProblem(int status, Answer answer) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.isProblem()).as(answer.contentType()).isTrue();
    }

    private static void assertMirrored(String name, Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains(name);
    }
}
