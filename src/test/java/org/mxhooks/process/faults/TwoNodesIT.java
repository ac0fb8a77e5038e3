package org.mxhooks.process.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.companion.Ledger;
import org.mxhooks.journey.Companion;
import org.mxhooks.journey.Operator;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.Books;
import org.mxhooks.process.harness.Broker;
import org.mxhooks.process.harness.Closing;
import org.mxhooks.process.harness.NextRelease;
import org.mxhooks.process.harness.Node;
import org.mxhooks.process.harness.Postgres;
import org.mxhooks.process.harness.Reckoning;
import org.mxhooks.process.harness.RoundRobin;
import org.mxhooks.process.harness.Traffic;
import org.mxhooks.process.harness.Traffic.Acknowledged;

/**
 * Two servers on one PostgreSQL and one Artemis, each of which dies or stands still while both are at work: nothing is
 * lost, done twice or out of order.
 */
@Tag("process")
class TwoNodesIT {

    private static final String SECRET = "of-the-portal";
    private static final int KILLS = Integer.getInteger("kills", 1);
    private static final int LANES_OF_EACH = 16;
    private static final int SOME = 300;
    private static final Duration PATIENCE_OF_SENDERS = Duration.ofSeconds(3);

    /** A lease, the time until the other node looks, and some for a machine that is busy. */
    private static final Duration TAKEOVER = Duration.ofSeconds(25);

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path scratch;

    private static Path war;
    private static Postgres postgres;
    private static Broker broker;
    private static Books books;
    private static List<Node> nodes = List.of();

    @BeforeAll
    static void start() throws Exception {
        postgres = new Postgres(scratch.resolve("postgres"));
        postgres.start();
        broker = new Broker(scratch.resolve("broker"));
        broker.start();
        books = new Books(postgres);
        books.open();
        war = Companion.writeWarWith(scratch, Ledger.class);
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.putAll(broker.settings());
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", "of-the-operator");
        nodes = List.of(new Node("one", war, settings, books), new Node("other", war, settings, books));
        for (Node node : nodes) {
            node.start();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.forEach(Node::close);
        Closing.all(broker, postgres);
    }

    /**
     * It comes back as of the next release; the other, if it is killed too, as of this one, which knows nothing of the
     * newer schema.
     */
    @Test
    void oneIsKilled() throws Exception {
        Path next = NextRelease.writeWarWith(Files.createDirectories(scratch.resolve("next")), Ledger.class);
        List<Long> takeovers = new ArrayList<>();
        Traffic traffic = traffic();
        for (int kill = 0; kill < KILLS; kill++) {
            Node victim = nodes.get(kill % 2);
            Node survivor = nodes.get((kill + 1) % 2);
            awaitWorkOfBoth(traffic);
            Takeover takeover = new Takeover(victim, survivor);
            victim.killNine();
            takeovers.add(takeover.awaited());
            victim.startWith(kill % 2 == 0 ? next : war);
        }
        assertThat(books.areOfTheNextRelease()).isTrue();
        awaitWorkOfBoth(traffic);
        assertPromisesKept(traffic, KILLS + " times a node was killed, takeover after ms: " + takeovers);
    }

    @Test
    void oneStandsStillForLongerThanItsLease() throws Exception {
        Traffic traffic = traffic();
        awaitWorkOfBoth(traffic);
        Takeover takeover = new Takeover(nodes.get(0), nodes.get(1));
        nodes.get(0).pause();
        long after = takeover.awaited();
        nodes.get(0).resume();
        awaitWorkOfBoth(traffic);
        assertPromisesKept(traffic, "a node stood still, takeover after ms: " + after);
    }

    @Test
    void theirDatabaseIsKilled() throws Exception {
        Traffic traffic = traffic();
        awaitWorkOfBoth(traffic);
        postgres.killNine();
        traffic.awaitRefusal();
        postgres.start();
        awaitWorkOfBoth(traffic);
        assertPromisesKept(traffic, "PostgreSQL was killed");
    }

    @Test
    void aConsumerPausedOnOneNodeRestsOnBoth() throws Exception {
        Operator one = operator(nodes.get(0));
        Operator other = operator(nodes.get(1));
        Traffic traffic = traffic();
        awaitWorkOfBoth(traffic);

        assertThat(one.pauses("ledger").status()).isEqualTo(200);
        long[] last = {books.lastEntry()};
        await().atMost(SOON).pollInterval(Duration.ofSeconds(2)).until(() -> {
            long before = last[0];
            last[0] = books.lastEntry();
            return last[0] == before;
        });
        traffic.awaitMore(SOME);
        assertThat(books.lastEntry()).isEqualTo(last[0]);

        assertThat(other.resumes("ledger").status()).isEqualTo(200);
        awaitWorkOfBoth(traffic);
        assertPromisesKept(traffic, "a consumer was paused on one node and resumed on the other");
    }

    private static Operator operator(Node node) {
        return new Operator(node.application(), "of-the-operator");
    }

    private static Traffic traffic() {
        return new Traffic(
                new RoundRobin(nodes.stream()
                        .map(node -> new Portal(node.application(), "default", SECRET, PATIENCE_OF_SENDERS))
                        .toList()),
                Traffic.STEADY);
    }

    private static void awaitWorkOfBoth(Traffic traffic) throws SQLException {
        for (Node node : nodes) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(books.lanesOf(node.id())).hasSize(LANES_OF_EACH));
        }
        long last = books.lastEntry();
        traffic.awaitMore(SOME);
        for (Node node : nodes) {
            Set<Integer> lanes = books.lanesOf(node.id());
            await().atMost(SOON).until(() -> books.hasEntry(node.name(), lanes, last));
        }
    }

    private static void assertPromisesKept(Traffic traffic, String event) throws Exception {
        Collection<Acknowledged> acknowledged = traffic.stop();
        for (String consumer : List.of("ledger", "jms")) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(books.unfinished(consumer)).isZero());
        }
        Reckoning reckoning = Reckoning.of(acknowledged, books);
        Reckoning ofSubscriber = Reckoning.of(acknowledged, broker.receiveAll());
        System.out.printf("%s; %s, %s; at the subscriber: %s%n", event, traffic, reckoning, ofSubscriber);
        assertThat(reckoning).isEqualTo(Reckoning.CLEAN);
        assertThat(ofSubscriber.absent()).isZero();
        assertThat(ofSubscriber.outOfOrder()).isZero();
    }

    /** From the moment before a node goes until the other makes an entry from one of its lanes. */
    private static final class Takeover {
        private final Node survivor;
        private final Set<Integer> lanes;
        private final long last;
        private final long began;

        Takeover(Node victim, Node survivor) throws SQLException {
            this.survivor = survivor;
            lanes = books.lanesOf(victim.id());
            last = books.lastEntry();
            began = System.nanoTime();
        }

        /** Milliseconds. */
        long awaited() {
            await().atMost(TAKEOVER)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> books.hasEntry(survivor.name(), lanes, last));
            return Duration.ofNanos(System.nanoTime() - began).toMillis();
        }
    }
}
