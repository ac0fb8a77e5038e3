package org.mxhooks.process.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.companion.Ledger;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Companion;
import org.mxhooks.journey.Operator;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.Books;
import org.mxhooks.process.harness.Broker;
import org.mxhooks.process.harness.Closing;
import org.mxhooks.process.harness.LossyNetwork;
import org.mxhooks.process.harness.Node;
import org.mxhooks.process.harness.Postgres;
import org.mxhooks.process.harness.Reckoning;
import org.mxhooks.process.harness.RoundRobin;
import org.mxhooks.process.harness.Traffic;
import org.mxhooks.process.harness.Traffic.Acknowledged;

/**
 * A node that stands still, or loses the network to its database, at the worst moment: with the head of the log, or in
 * the middle of its work. The other goes ahead, and the first recovers.
 */
@Tag("process")
class VanishedNodeIT {

    private static final String SECRET = "of-the-portal";
    private static final String PASSWORD = "of-the-operator";
    private static final int ROUNDS = Math.min(5, Integer.getInteger("kills", 1));
    private static final int LANES_OF_EACH = 16;
    private static final int SOME = 300;
    private static final int BLOCKED = 4;
    private static final String QUERY_CANCELED = "57014";

    /** What is promised to other nodes, whatever a writer does. */
    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(15);

    /** A lease, the time until the other node looks, and some for a machine that is busy. */
    private static final Duration TAKEOVER = Duration.ofSeconds(25);

    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    static Path scratch;

    private static Postgres postgres;
    private static LossyNetwork network;
    private static Broker broker;
    private static Books books;
    private static Node first;
    private static Node other;

    private static int names;

    @BeforeAll
    static void start() throws Exception {
        postgres = new Postgres(scratch.resolve("postgres"));
        postgres.start();
        network = new LossyNetwork(postgres.port());
        broker = new Broker(scratch.resolve("broker"));
        broker.start();
        books = new Books(postgres);
        books.open();
        Path war = Companion.writeWarWith(scratch, Ledger.class);
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.putAll(broker.settings());
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", PASSWORD);
        other = new Node("other", war, settings, books);
        settings.put(
                "mxhooks.database.url",
                settings.get("mxhooks.database.url").replace(":" + postgres.port(), ":" + network.port()));
        first = new Node("first", war, settings, books);
        first.start();
        other.start();
    }

    @AfterAll
    static void stop() throws Exception {
        Closing.all(first, other, broker, network, postgres);
    }

    /** PostgreSQL has all of the append then, and ends it. */
    @Test
    void theOtherAppendsWhenOneStandsStillWithinAnAppend() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            awaitBoth();
            try (Connection session = postgres.connect();
                    Statement statement = session.createStatement()) {
                session.setAutoCommit(false);
                statement.execute("lock table mxhooks.body in share row exclusive mode");
                CompletableFuture<Boolean> sent = sendInBackground(next());
                await().atMost(SOON).until(VanishedNodeIT::someoneWaitsForBodies);
                first.pause();
                session.rollback();

                assertOtherAppends();

                first.resume();
                sent.join();
            }
            awaitBoth();
        }
    }

    /** PostgreSQL has only a part of the append then. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theOtherAppendsWhenTheNetworkEndsWithinAnAppend(boolean standsStill) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            awaitBoth();
            String name = next();
            network.goDownWithin(name.getBytes(US_ASCII));
            CompletableFuture<Boolean> sent = sendInBackground(name);
            await().atMost(SOON).until(network::isDown);
            await().atMost(SOON).until(VanishedNodeIT::someoneHoldsTheHeadInTheMiddleOfAMessage);
            if (standsStill) {
                first.pause();
            }

            assertOtherAppends();

            if (standsStill) {
                first.resume();
            }
            network.comeUp();
            sent.join();
            awaitBoth();
        }
    }

    /** Each append that is blocked gives its session up, and opens another for the next. */
    @Test
    void appendsThatAreBlockedLeaveNoSessions() throws Exception {
        awaitBoth();
        Portal portal = new Portal(other.application(), "default", SECRET);
        try (Connection session = postgres.connect();
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("select from mxhooks.log_head for update");
            CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> sleep(statement));
            long waiting = 0;
            for (int append = 0; append < BLOCKED; append++) {
                assertThat(portal.sends(story(next())).isAcknowledged()).isFalse();
                waiting = Math.max(waiting, waitingForTheHead());
            }

            assertThat(waiting).as("sessions that wait for the head").isLessThanOrEqualTo(1);
            statement.cancel();
            busy.join();
            session.rollback();
        }
        awaitBoth();
    }

    /** A session that waits for its client would be ended. */
    private static void sleep(Statement statement) {
        try {
            statement.execute("select pg_sleep(600)");
            throw new IllegalStateException("it was not cancelled");
        } catch (SQLException cancelled) {
            assertThat(cancelled.getSQLState()).isEqualTo(QUERY_CANCELED);
        }
    }

    private static long waitingForTheHead() throws SQLException {
        return postgres.number("""
                select count(*) from pg_stat_activity
                where application_name = 'mxhooks:%s' and state = 'active' and wait_event_type = 'Lock'""".formatted(other.id()));
    }

    @Test
    void theOtherTakesOverWhenTheNetworkIsLost() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            awaitBoth();
            Traffic traffic = traffic();
            traffic.awaitMore(SOME);
            Set<Integer> lanes = books.lanesOf(first.id());
            long last = books.lastEntry();
            network.goDown();

            await().atMost(TAKEOVER)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> books.hasEntry(other.name(), lanes, last));

            traffic.awaitMore(SOME);
            network.comeUp();
            awaitBoth();
            traffic.awaitMore(SOME);
            assertPromisesKept(traffic.stop());
        }
    }

    private static void assertOtherAppends() {
        Portal portal = new Portal(other.application(), "default", SECRET);
        await().atMost(HEAD_TIMEOUT).until(() -> portal.sends(story(next())).isAcknowledged());
    }

    /** Both share the lanes, are ready, and accept. */
    private static void awaitBoth() {
        for (Node node : List.of(first, other)) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(books.lanesOf(node.id())).hasSize(LANES_OF_EACH));
            Operator operator = new Operator(node.application(), PASSWORD);
            await().atMost(SOON).until(() -> operator.ready().status() == 200);
            Portal portal = new Portal(node.application(), "default", SECRET);
            await().atMost(SOON).until(() -> portal.sends(story(next())).isAcknowledged());
        }
    }

    private static CompletableFuture<Boolean> sendInBackground(String name) {
        Portal portal = new Portal(first.application(), "default", SECRET);
        return CompletableFuture.supplyAsync(() -> portal.sends(story(name)).isAcknowledged());
    }

    private static Body story(String name) {
        return Body.of("story-updated.json").story(1_000).named(name);
    }

    /** The ledger takes only numbers. */
    private static synchronized String next() {
        return String.valueOf(8_000_000_000_000_000L + names++);
    }

    private static Traffic traffic() {
        return new Traffic(
                new RoundRobin(List.of(first, other).stream()
                        .map(node -> new Portal(node.application(), "default", SECRET, Duration.ofSeconds(3)))
                        .toList()),
                Traffic.STEADY);
    }

    private static void assertPromisesKept(Collection<Acknowledged> acknowledged) throws Exception {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(books.unfinished("ledger")).isZero());
        assertThat(Reckoning.of(acknowledged, books)).isEqualTo(Reckoning.CLEAN);
    }

    private static boolean someoneWaitsForBodies() throws SQLException {
        return exists("select from pg_locks where relation = 'mxhooks.body'::regclass and not granted");
    }

    private static boolean someoneHoldsTheHeadInTheMiddleOfAMessage() throws SQLException {
        return exists("""
                select from pg_locks join pg_stat_activity using (pid)
                where relation = 'mxhooks.log_head'::regclass and granted and state = 'active' and wait_event = 'ClientRead'""");
    }

    private static boolean exists(String query) throws SQLException {
        try (Connection session = postgres.connect();
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("select exists (" + query + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
