package org.mxhooks.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.ProjectsSigner;

/** What a subscriber gets. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class RelayJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** What is sent twice is a duplicate. */
    private static final String RUN = UUID.randomUUID().toString();

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Portal portal = JourneyServer.portal();
    private final Operator operator = JourneyServer.operator();
    private HttpServer subscriber;
    private volatile int status = 200;
    private String subscription;

    /** A request as it arrived. */
    private record Call(Headers headers, byte[] body) {

        String text() {
            return new String(body, UTF_8);
        }

        String header(String name) {
            return headers.getFirst(name);
        }
    }

    @BeforeEach
    void listen() throws IOException {
        subscriber = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        subscriber.setExecutor(threads);
        subscriber.createContext("/", this::take);
        subscriber.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        calls.add(
                new Call(exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes()));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @AfterEach
    void unsubscribe() {
        operator.changes("DELETE", "subscriptions/" + subscription);
        subscriber.stop(0);
        threads.shutdownNow();
    }

    @Test
    void getsTheReceivedBytesSignedAsThePortalSigns() {
        subscribe("projects", "stories");
        Body story = Body.of("story-updated.json").story(81_000).named("relayed – ü" + RUN);
        String delivery = Answer.to(
                        portal.signed(story).header("X-Of-The-Portal", "1").build())
                .delivery();

        Call call = awaitCalls(1).get(0);

        assertThat(call.body()).isEqualTo(story.bytes());
        assertThat(call.header("MxAPI-Projects-Delivery")).isEqualTo(delivery);
        assertThat(call.header("MxAPI-Projects-EventCategory")).isEqualTo("stories");
        assertThat(call.header("MxAPI-Webhooks-Version")).isEqualTo("1");
        assertThat(call.header("MxAPI-Webhooks-Version-Expiry")).isEmpty();
        assertThat(call.header("User-Agent")).matches("mxhooks/[0-9].*");
        assertThat(call.header("X-Own")).isEqualTo("own");
        assertThat(call.header("X-Of-The-Portal")).isNull();
        assertThat(new ProjectsSigner(SECRET).verifies(call.header("MxAPI-Signature"), call.body()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"standardwebhooks", "svix"})
    void isVerifiedByOtherLibraries(String library) throws IOException {
        assumeTrue(ForeignSigner.isAvailable(), "needs Node.js");
        ForeignSigner.install();
        subscribe("standard-webhooks", "stories");
        portal.sends(Body.of("story-updated.json").story(81_004).named("for " + library + RUN));

        Call call = awaitCalls(1).get(0);

        assertThat(new ForeignSigner(library)
                        .verifies(
                                SECRET,
                                call.header("webhook-id"),
                                call.header("webhook-timestamp"),
                                call.header("webhook-signature"),
                                call.text()))
                .isTrue();
    }

    @Test
    void getsEachEventOfAStoryInOrderAfterItFailed() {
        subscribe("projects", "stories");
        status = 500;
        String first = portal.sends(Body.of("story-updated.json").story(81_001).named("change 0" + RUN))
                .delivery();
        for (int i = 1; i < 4; i++) {
            portal.sends(Body.of("story-updated.json").story(81_001).named("change " + i + RUN));
        }
        awaitCalls(2);
        assertThat(calls).allSatisfy(call -> assertThat(call.text()).contains("change 0"));
        assertThat(calls.stream()
                        .map(call -> call.header("MxAPI-Projects-Delivery"))
                        .distinct())
                .hasSize(1);

        status = 200;

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(attempts().getJsonArray("attempts"))
                        .filteredOn(attempt -> attempt.asJsonObject().getInt("status") == 200)
                        .hasSize(4));
        assertThat(calls.stream()
                        .map(Call::text)
                        .map(text -> text.replaceFirst("(?s).*change (\\d).*", "$1"))
                        .distinct())
                .containsExactly("0", "1", "2", "3");
        assertTimeline(ConsoleSession.ofViewer().get("delivery?id=" + first).body());
        assertThat(operator.asks("consumers/subscription-" + subscription)
                        .json()
                        .getString("subscription"))
                .isEqualTo(subscription().getString("name"));
    }

    /** Of a delivery that was sent at last: by the subscription's name, the newest attempt first. */
    private void assertTimeline(String page) {
        String timeline = page.replaceFirst("(?s).*id=\"timeline\"", "").replaceFirst("(?s)</table>.*", "");
        assertThat(timeline)
                .containsSubsequence("succeeded", "HTTP 200", "failed", "HTTP 500")
                .contains(">" + subscription().getString("name") + "</a>");
        assertThat(timeline.split("HTTP 200", -1)).hasSize(2);
    }

    @Test
    void isPausedByGoneAndGoesOnWhereItStood() {
        subscribe("projects", "stories");
        status = 410;
        portal.sends(Body.of("story-updated.json").story(81_002).named("gone" + RUN));
        await().atMost(SOON).untilAsserted(() -> {
            JsonObject paused = subscription();
            assertThat(paused.getBoolean("active")).isFalse();
            assertThat(paused.getString("pauseReason")).contains("410");
        });

        status = 200;
        calls.clear();
        operator.changes("POST", "subscriptions/" + subscription + "/resume");

        assertThat(awaitCalls(1).get(0).text()).contains("gone");
        assertThat(subscription().getBoolean("active")).isTrue();
    }

    @Test
    void getsNothingThatItDoesNotWant() {
        subscribe("projects", "sprints");
        portal.sends(Body.of("story-updated.json").story(81_003).named("not wanted" + RUN));
        portal.sends(Body.of("sprint-created.json").with("/Sprint/Name", Json.createValue(RUN)));

        assertThat(awaitCalls(1)).allSatisfy(call -> assertThat(call.text()).contains("\"Sprint\""));
    }

    @Test
    void isTestedWithAProbe() {
        subscribe("standard-webhooks", "alerts");

        Answer tested = operator.changes("POST", "subscriptions/" + subscription + "/test");

        assertThat(tested.json().getInt("status")).isEqualTo(200);
        assertThat(awaitCalls(1).get(0).text()).startsWith("{\"probe\":");
    }

    private void subscribe(String format, String category) {
        String url = "http://127.0.0.1:" + subscriber.getAddress().getPort() + "/hooks";
        Answer created = operator.changes(
                "POST",
                "subscriptions",
                Json.createObjectBuilder()
                        .add("name", "journey " + UUID.randomUUID())
                        .add("url", url)
                        .add("events", Json.createArrayBuilder().add(category))
                        .add("format", format)
                        .add("headers", Json.createObjectBuilder().add("X-Own", "own"))
                        .add("secret", SECRET)
                        .build()
                        .toString());
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        subscription = created.json().getString("id");
    }

    private JsonObject subscription() {
        return operator.asks("subscriptions/" + subscription).json();
    }

    private JsonObject attempts() {
        return operator.asks("subscriptions/" + subscription + "/attempts").json();
    }

    private List<Call> awaitCalls(int number) {
        await().atMost(SOON).untilAsserted(() -> assertThat(calls).hasSizeGreaterThanOrEqualTo(number));
        return calls;
    }
}
