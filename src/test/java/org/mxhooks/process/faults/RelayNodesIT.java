package org.mxhooks.process.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.Ports;
import org.mxhooks.journey.Answer;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Operator;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.Closing;
import org.mxhooks.process.harness.FilledLog;
import org.mxhooks.process.harness.HookReceiver;
import org.mxhooks.process.harness.HookReceiver.Taken;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Postgres;
import org.mxhooks.process.harness.RoundRobin;
import org.mxhooks.process.harness.Server;
import org.mxhooks.process.harness.Traffic;
import org.mxhooks.process.harness.Traffic.Acknowledged;

/** Subscriptions on two servers that share a PostgreSQL. */
@Tag("process")
class RelayNodesIT {

    private static final String SECRET = "of-the-portal";
    private static final int DEAD_LETTERS = Math.min(10_000, Integer.getInteger("replays", 5_000) / 2);
    private static final int SOME = 300;
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    static Path scratch;

    private static Postgres postgres;
    private static Connection database;
    private static final List<Integer> PORTS = new ArrayList<>();
    private static final List<PayaraMicro> NODES = new ArrayList<>();

    private HookReceiver receiver;
    private final List<String> subscriptions = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        postgres = new Postgres(scratch.resolve("postgres"));
        postgres.start();
        for (int i = 0; i < 2; i++) {
            PORTS.add(Ports.free());
            NODES.add(node(i));
        }
        database = postgres.connect();
    }

    private static PayaraMicro node(int number) {
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", "of-the-operator");
        settings.put("mxhooks.relay.key", "the key of these tests");
        settings.put("mxhooks.relay.allow", "127.0.0.1");
        return PayaraMicro.with(settings).port(PORTS.get(number)).start();
    }

    @AfterAll
    static void stop() throws Exception {
        NODES.forEach(PayaraMicro::close);
        Closing.all(database, postgres);
    }

    @BeforeEach
    void listen() throws Exception {
        receiver = new HookReceiver();
    }

    @AfterEach
    void unsubscribe() {
        subscriptions.forEach(id -> operator(1).changes("DELETE", "subscriptions/" + id));
        receiver.close();
    }

    @Test
    void loseNothingWhenANodeIsKilled() throws Exception {
        for (int i = 0; i < 10; i++) {
            subscribe("/killed/" + i);
        }
        awaitDeployed(2);
        Traffic traffic = new Traffic(
                new RoundRobin(PORTS.stream()
                        .map(port -> new Portal(Server.application(port), "default", SECRET, Duration.ofSeconds(3)))
                        .toList()),
                Traffic.STEADY);
        traffic.awaitMore(SOME);
        NODES.get(0).killNine();
        traffic.awaitMore(SOME);
        Collection<Acknowledged> acknowledged = traffic.stop();
        Set<String> deliveries =
                acknowledged.stream().map(Acknowledged::delivery).collect(toSet());

        long again = 0;
        for (int i = 0; i < 10; i++) {
            String path = "/killed/" + i;
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(deliveriesOf(path).keySet()).containsAll(deliveries));
            assertThat(receiver.outOfOrder(path)).isEmpty();
            assertThat(deliveriesOf(path).values())
                    .allSatisfy(numbers ->
                            assertThat(numbers).as("one id, one event").hasSize(1));
            again += receiver.taken(path).size() - deliveriesOf(path).size();
        }
        System.out.printf(
                "a node was killed; %s; 10 subscribers got all of it, in order, %s calls a second time%n",
                traffic, again);
        NODES.set(0, node(0));
    }

    private Map<String, Set<Long>> deliveriesOf(String path) {
        return receiver.taken(path).stream().collect(groupingBy(Taken::delivery, mapping(Taken::number, toSet())));
    }

    /** Though some calls fail on the way. */
    @Test
    void replayManyDeadLettersInTheOrderOfEachResource() throws Exception {
        FilledLog.append(
                database,
                DEAD_LETTERS,
                320,
                Body.of("story-updated.json").story(4711).named("@number").text());
        String id = subscribe("/dead");
        awaitDeployed(2);
        assertThat(bury("subscription-" + id)).isEqualTo(DEAD_LETTERS);
        receiver.refuse(call -> call % 701 == 0);

        long begin = System.nanoTime();
        Answer asked = operator(1).changes("POST", "dead/replay?consumer=subscription-" + id);

        assertThat(asked.json().getInt("replays")).isEqualTo(DEAD_LETTERS);
        await().atMost(LONG).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            assertThat(receiver.taken("/dead")).hasSizeGreaterThanOrEqualTo(DEAD_LETTERS);
            assertThat(count("select count(*) from mxhooks.parked where consumer = ?", "subscription-" + id))
                    .isZero();
        });
        System.out.printf(
                "%s dead letters replayed in %s s%n",
                DEAD_LETTERS, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        assertThat(receiver.taken("/dead").stream().map(Taken::delivery).distinct())
                .hasSize(DEAD_LETTERS);
        assertThat(receiver.outOfOrder("/dead")).isEmpty();
    }

    @Test
    void areTwoHundredThatWorkAndStop() throws Exception {
        for (int i = 0; i < 200; i++) {
            subscribe("/many/" + i);
        }
        awaitDeployed(2);
        Portal portal = new Portal(NODES.get(0).application(), "default", SECRET);
        for (int i = 0; i < 20; i++) {
            sends(portal, i % 3, 1_000_000 + i);
        }
        for (int i = 0; i < 200; i++) {
            String path = "/many/" + i;
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(deliveriesOf(path)).hasSize(20));
            assertThat(receiver.outOfOrder(path)).isEmpty();
        }

        for (String id : subscriptions.subList(1, 200)) {
            assertThat(operator(1).changes("DELETE", "subscriptions/" + id).status())
                    .isEqualTo(204);
        }
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(count("select count(*) from mxhooks.subscription where deleted_at is not null"))
                    .isZero();
            assertThat(count("select count(*) from mxhooks.consumer where name like 'subscription-%'"))
                    .isOne();
        });
        sends(portal, 1, 1_000_100);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(deliveriesOf("/many/0")).hasSize(21));
        for (int i = 1; i < 200; i++) {
            assertThat(deliveriesOf("/many/" + i)).hasSize(20);
        }
    }

    private static void sends(Portal portal, long story, long number) {
        assertThat(portal.sends(Body.of("story-updated.json").story(story).named(String.valueOf(number)))
                        .isAcknowledged())
                .isTrue();
    }

    private String subscribe(String path) {
        JsonObject created = operator(subscriptions.size() % 2)
                .changes(
                        "POST",
                        "subscriptions",
                        Json.createObjectBuilder()
                                .add("name", path + " " + UUID.randomUUID())
                                .add("url", receiver.url(path))
                                .add("events", Json.createArrayBuilder().add("stories"))
                                .build()
                                .toString())
                .json();
        assertThat(created.get("id")).as(created.toString()).isNotNull().isNotEqualTo(JsonValue.NULL);
        subscriptions.add(created.getString("id"));
        return created.getString("id");
    }

    private static Operator operator(int node) {
        return new Operator(NODES.get(node).application(), "of-the-operator");
    }

    /** Each subscription is on so many nodes. */
    private void awaitDeployed(int nodes) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(count(
                                "select count(*) from mxhooks.node_consumer where consumer like 'subscription-%'"))
                        .isEqualTo((long) nodes * subscriptions.size()));
    }

    /** As if the consumer had failed on the newest deliveries, until they were dead letters. */
    private static int bury(String consumer) throws SQLException {
        try (PreparedStatement insert = database.prepareStatement("""
                insert into mxhooks.parked (consumer, position, lane, ordering_key, replay, dead, attempts, unended, parked_at,
                    failed_at, dead_at, reason)
                select ?, position, lane, 'story ' || resource_id, false, true, 1, 0, now(), now(), now(), 'on purpose'
                from mxhooks.delivery order by position desc limit ?""")) {
            insert.setString(1, consumer);
            insert.setInt(2, DEAD_LETTERS);
            return insert.executeUpdate();
        }
    }

    private static long count(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement select = database.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
