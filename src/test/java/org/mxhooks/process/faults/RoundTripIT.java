package org.mxhooks.process.faults;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.Ports;
import org.mxhooks.journey.Answer;
import org.mxhooks.journey.Operator;
import org.mxhooks.process.harness.Closing;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.PortalProcess;
import org.mxhooks.process.harness.Server;
import org.mxhooks.process.harness.Starting;

/** From the portal by way of one mxhooks and its relay to another, with each of them killed on the way. */
@Tag("process")
class RoundTripIT {

    private static final int STEPS = Integer.getInteger("round-trip");
    private static final String RATE = STEPS > 1000 ? "200/s" : "25/s";
    private static final Duration LONG = Duration.ofMinutes(3).plusMillis(20L * STEPS);
    private static final String FIRST = "secret of the first";
    private static final String SECOND = "secret of the second";
    private static final int PAGE = 100;

    @TempDir
    Path scratch;

    private final int[] ports = {Ports.free(), Ports.free()};
    private final PayaraMicro[] nodes = new PayaraMicro[2];
    private PortalProcess portal;

    @BeforeEach
    void start() throws Exception {
        Starting.together(() -> startNode(0), () -> startNode(1));
        portal = new PortalProcess(scratch.resolve("portal"));
        portal.start();
    }

    @AfterEach
    void stop() throws Exception {
        Closing.all(portal, nodes[0], nodes[1]);
    }

    private void startNode(int number) {
        nodes[number] = PayaraMicro.with(Map.of(
                        "mxhooks.home", scratch.resolve("home-" + number).toString(),
                        "mxhooks.endpoint.default.secret", number == 0 ? FIRST : SECOND,
                        "mxhooks.operator.password", "of-the-operator",
                        "mxhooks.jms.enabled", "false",
                        "mxhooks.relay.allow", "127.0.0.1"))
                .port(ports[number])
                .start();
    }

    @Test
    void everyStateArrivesOnceAndInOrderThoughAllAreKilled() throws Exception {
        subscribe();
        JsonObject play = play();
        String app = play.getString("app");
        long id = play.getJsonNumber("id").longValue();

        awaitSteps(id, STEPS / 5);
        portal.killNine();
        portal.start();
        awaitSteps(id, 2 * STEPS / 5);
        nodes[0].killNine();
        startNode(0);
        awaitSteps(id, 3 * STEPS / 5);
        nodes[1].killNine();
        startNode(1);
        awaitSteps(id, STEPS);

        Map<String, List<Instant>> first = awaitAll(0, app);
        Map<String, List<Instant>> second = awaitAll(1, app);
        assertThat(second).isEqualTo(first);
        first.values()
                .forEach(versions -> assertThat(versions)
                        .as("each once, in order")
                        .isSorted()
                        .doesNotHaveDuplicates());
        Map<String, String> mirrored = mirrored(0, app);
        assertThat(mirrored).isEqualTo(states(app, mirrored.keySet()));
        assertThat(mirrored(1, app)).isEqualTo(mirrored);
        System.out.printf(
                "round trip of %s steps, %s states of %s resources: none lost, none twice, in order%n",
                STEPS, first.values().stream().mapToInt(List::size).sum(), first.size());
    }

    private void subscribe() {
        Answer created = operator(0)
                .changes(
                        "POST",
                        "subscriptions",
                        Json.createObjectBuilder()
                                .add("name", "the second")
                                .add("url", Server.application(ports[1]) + "hooks/default")
                                .add("format", "projects")
                                .add(
                                        "events",
                                        Json.createArrayBuilder().add("stories").add("sprints"))
                                .add("secret", SECOND)
                                .build()
                                .toString());
        assertThat(created.status()).as(created.text()).isEqualTo(201);
    }

    private JsonObject play() {
        return portal.posts(
                "api/plays",
                Json.createObjectBuilder()
                        .add("seed", 42)
                        .add("rate", RATE)
                        .add("count", STEPS)
                        .add(
                                "webhooks",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("family", "projects")
                                                .add("url", Server.application(ports[0]) + "hooks/default")
                                                .add("secret", FIRST)))
                        .build());
    }

    private void awaitSteps(long play, int steps) {
        await().atMost(LONG).until(() -> portal.gets("api/plays/" + play).getInt("done"), done -> done >= steps);
    }

    /** When each state was, by its resource, in the order in which they were accepted; all that the portal sent. */
    private Map<String, List<Instant>> awaitAll(int node, String app) {
        await().atMost(LONG).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            assertThat(portal.gets("api/deliveries?state=waiting&app=" + app).getJsonArray("deliveries"))
                    .isEmpty();
            assertAreIdle(0);
            assertAreIdle(node);
        });
        assertThat(portal.gets("api/deliveries?state=failed&app=" + app).getJsonArray("deliveries"))
                .isEmpty();
        return versions(node);
    }

    private void assertAreIdle(int node) {
        try (JsonReader reader =
                Json.createReader(new StringReader(operator(node).consumers().text()))) {
            assertThat(reader.readArray()).isNotEmpty().allSatisfy(consumer -> assertIsIdle(consumer.asJsonObject()));
        }
    }

    private static void assertIsIdle(JsonObject consumer) {
        assertThat(consumer.getInt("pending") + consumer.getInt("parked") + consumer.getInt("dead"))
                .as(consumer.toString())
                .isZero();
    }

    private Map<String, List<Instant>> versions(int node) {
        Map<String, List<Instant>> versions = new TreeMap<>();
        String cursor = "";
        do {
            JsonObject page = operator(node)
                    .asks("deliveries?limit=" + PAGE + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .json();
            for (JsonValue listed : page.getJsonArray("deliveries")) {
                JsonObject delivery = operator(node)
                        .delivery(listed.asJsonObject().getString("delivery"))
                        .json();
                versions.computeIfAbsent(
                                delivery.getString("resourceType") + " " + delivery.get("resourceId"),
                                unused -> new ArrayList<>())
                        .add(Instant.parse(delivery.getString("updatedAt")));
            }
            cursor = page.getString("next", "");
        } while (!cursor.isEmpty());
        versions.values().forEach(Collections::reverse);
        return versions;
    }

    /** Of the newest stories and of these, as the portal has them. */
    private Map<String, String> states(String app, Set<String> ids) {
        String stories = "api/apps/" + app + "/stories";
        Stream<String> newest = portal.gets(stories).getJsonArray("stories").stream()
                .map(story -> story.asJsonObject().get("id").toString());
        return Stream.concat(newest, ids.stream())
                .distinct()
                .collect(toMap(id -> id, id -> state(portal.gets(stories + "/" + id))));
    }

    private static String state(JsonObject story) {
        return story.getString("name") + " " + story.getString("status") + " "
                + Instant.parse(story.getString("updatedAt"));
    }

    private Map<String, String> mirrored(int node, String app) {
        Map<String, String> states = new HashMap<>();
        String cursor = "";
        do {
            JsonObject page = operator(node)
                    .asks("apps/" + app + "/stories?limit=" + PAGE + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .json();
            page.getJsonArray("stories").stream()
                    .map(JsonValue::asJsonObject)
                    .forEach(story -> states.put(story.get("storyId").toString(), state(story)));
            cursor = page.getString("next", "");
        } while (!cursor.isEmpty());
        return states;
    }

    private Operator operator(int node) {
        return new Operator(nodes[node].application(), "of-the-operator");
    }
}
