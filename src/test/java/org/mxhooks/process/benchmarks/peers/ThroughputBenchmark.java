package org.mxhooks.process.benchmarks.peers;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.journey.Operator;
import org.mxhooks.process.benchmarks.peers.Results.Percentiles;
import org.mxhooks.process.benchmarks.peers.Results.Ratio;
import org.mxhooks.process.harness.Closing;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Peer;

/**
 * Deliveries per second of mxhooks and of other receivers, in turns, after a warm-up; then how late answers are at half
 * of that. Senders, receivers and database share the machine. A delivery that was answered and is not kept once, or not
 * mirrored, fails the run.
 */
@Tag("throughput")
class ThroughputBenchmark {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("bench.seconds", 8));
    private static final Duration WARM_UP = ROUND.multipliedBy(3);
    private static final Duration START_UP = Duration.ofSeconds(10);
    private static final Duration BRIEF = Duration.ofMillis(500);
    private static final int COMMITS = 1_000;
    private static final Path PEERS = Path.of("target/bench/peers");
    private static final Path OUTPUT = Path.of("target/bench");
    private static final String PASSWORD = "of-the-operator";

    @TempDir
    Path scratch;

    private final StoryBodies bodies = new StoryBodies();
    private final Turns turns = new Turns();
    private final Results results = new Results();
    private final List<AutoCloseable> started = new ArrayList<>();
    private final List<Contender> contenders = new ArrayList<>();

    /** Each second while the mirror follows, without what it takes to drain. */
    private final List<Double> accepts = new ArrayList<>();

    private final Map<String, Callable<LedgerLine>> ledger = new LinkedHashMap<>();
    private final double loadAverage =
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();

    private BenchDatabase database;
    private BulkLoop bulk;
    private FollowingMirror mirror;
    private Turns.Suspendable payara;
    private SignedLoad noop;
    private SignedLoad hooks;
    private int batch = 1;
    private double afterStartUp;

    @BeforeEach
    void start() throws Exception {
        database = new BenchDatabase(scratch.resolve("postgres"));
        started.add(database);
        for (String schema : List.of("spring_keep", "spring_mirror", "jakarta_mirror", "node_keep")) {
            database.createSchema(schema);
        }
        bulk = new BulkLoop(database);
        startMxhooks();
        startSpring();
        startJakarta();
        startNode();
    }

    @AfterEach
    void stop() throws Exception {
        List<AutoCloseable> reversed = new ArrayList<>(started);
        Collections.reverse(reversed);
        Closing.all(reversed.toArray(AutoCloseable[]::new));
    }

    @Test
    @Timeout(value = 40, unit = MINUTES)
    void inTurns() throws Exception {
        warmUp();
        for (int round = 0; round < ROUNDS; round++) {
            for (Contender contender : contenders) {
                measure(contender);
            }
        }
        measureLatencies();
        results.add(new Ratio(
                "accepts in seconds 10–20 / steady state",
                0.5,
                accepts.stream().map(steady -> afterStartUp / steady).toList()));
        keepLedger();
        report();
        assertThat(results.areVoid()).as("the ledger does not balance").isFalse();
    }

    private void warmUp() throws Exception {
        turns.only(payara);
        hooks.closed(START_UP);
        afterStartUp = hooks.closed(START_UP);
        mirror.awaitDrained();
        for (Contender contender : contenders) {
            turns.only(contender.process());
            contender.measurement().perSecond(WARM_UP);
        }
        accepts.clear();
    }

    private void measure(Contender contender) throws Exception {
        turns.only(contender.process());
        double measured = contender.measurement().perSecond(ROUND);
        results.add(contender, measured);
        System.out.printf("(%s) %.0f/s%n", contender.letter(), measured);
    }

    private void startMxhooks() throws IOException {
        Map<String, String> settings = new HashMap<>(database.settingsOfMxhooks());
        settings.put("mxhooks.home", scratch.resolve("home").toString());
        settings.put("mxhooks.endpoint.default.secret", Signing.SECRET);
        settings.put("mxhooks.endpoint.default.key-derivation", "raw");
        settings.put("mxhooks.operator.password", PASSWORD);
        settings.put("mxhooks.jms.enabled", "false");
        PayaraMicro server = PayaraMicro.with(settings)
                .beside(PEERS.resolve("noop/target/noop.war"))
                .start();
        started.add(server);
        mirror = new FollowingMirror(new Operator(server.application(), PASSWORD));
        mirror.awaitReady();
        payara = new Turns.Suspendable() {
            @Override
            public void pause() throws Exception {
                server.pause();
            }

            @Override
            public void resume() throws Exception {
                server.resume();
                mirror.awaitReady();
            }
        };
        turns.add(payara);
        noop = load(server.application().resolve("/noop/hooks"), Signing.PROJECTS);
        hooks = load(server.application().resolve("hooks/default"), Signing.PROJECTS);
        contenders.add(new Contender("a", "JAX-RS POST that does nothing, same server", payara, warm(noop)));
        contenders.add(new Contender("b", "mxhooks, mirror paused", payara, this::keepOnly));
        contenders.add(new Contender("c", "mxhooks, mirror drained", payara, this::keepAndMirror));
        contenders.add(
                new Contender("bulk", "bare JDBC loop, rows and batches of (b)", Turns.NONE, this::insertInBulk));
        ledger.put(
                "b, c",
                () -> LedgerLine.read(
                        database, "b, c", "mxhooks", hooks.accepted().get(), true));
    }

    private void startSpring() throws Exception {
        Peer spring = Peer.onSpringBoot(
                PEERS.resolve("spring/target/spring.jar"),
                Map.of("spring.datasource.url", database.url(), "receiver.secret", Signing.SECRET));
        Turns.Suspendable process = suspendable(spring);
        add("d", "Spring Boot and JDBC, keeps", process, load(spring.await("keep"), Signing.PROJECTS), "spring_keep");
        add(
                "e",
                "Spring Boot and JDBC, keeps and mirrors",
                process,
                load(spring.await("mirror"), Signing.PROJECTS),
                "spring_mirror");
    }

    private void startJakarta() throws Exception {
        Peer jakarta = Peer.onPayaraMicro(
                PEERS.resolve("jakarta/target/jakarta.war"),
                Map.of(
                        "receiver.url",
                        database.url() + "?currentSchema=jakarta_mirror",
                        "receiver.secret",
                        Signing.SECRET));
        add(
                "f",
                "Jakarta EE and JPA, keeps and mirrors",
                suspendable(jakarta),
                load(jakarta.await("jakarta/hooks"), Signing.PROJECTS),
                "jakarta_mirror");
    }

    private void startNode() throws Exception {
        Peer node = Peer.onNode(
                PEERS.resolve("node/receiver.js"),
                Map.of(
                        "DATABASE_URL",
                        database.url().replace("jdbc:", ""),
                        "PGUSER",
                        BenchDatabase.USER,
                        "SECRET",
                        Signing.SECRET));
        add(
                "g",
                "Octokit, Express and pg, keeps",
                suspendable(node),
                load(node.await("keep"), Signing.GITHUB),
                "node_keep");
    }

    /** A peer that keeps what it accepts in a schema named for whether it also mirrors. */
    private void add(String letter, String what, Turns.Suspendable process, SignedLoad load, String schema) {
        contenders.add(new Contender(letter, what, process, warm(load)));
        ledger.put(
                letter,
                () -> LedgerLine.read(database, letter, schema, load.accepted().get(), schema.endsWith("_mirror")));
    }

    private Turns.Suspendable suspendable(Peer peer) {
        Turns.Suspendable suspendable = new Turns.Suspendable() {
            @Override
            public void pause() throws Exception {
                peer.pause();
            }

            @Override
            public void resume() throws Exception {
                peer.resume();
            }
        };
        started.add(peer);
        turns.add(suspendable);
        return suspendable;
    }

    private SignedLoad load(URI target, Signing signing) {
        return new SignedLoad(target, signing, bodies, new AtomicLong());
    }

    private static Contender.Measurement warm(SignedLoad load) {
        return duration -> {
            load.closed(BRIEF);
            return load.closed(duration);
        };
    }

    private double keepOnly(Duration duration) throws Exception {
        mirror.pause();
        hooks.closed(BRIEF);
        long before = (long) database.number("select max(position) from mxhooks.delivery");
        double perSecond = hooks.closed(duration);
        batch = (int) Math.max(
                1,
                Math.round(database.number(
                        "select 1.0 * count(*) / count(distinct xmin::text) from mxhooks.delivery where position > "
                                + before)));
        mirror.resume();
        mirror.awaitDrained();
        return perSecond;
    }

    private double keepAndMirror(Duration duration) throws Exception {
        hooks.closed(BRIEF);
        mirror.awaitDrained();
        long before = hooks.accepted().get();
        long begin = System.nanoTime();
        accepts.add(hooks.closed(duration));
        mirror.awaitDrained();
        return (hooks.accepted().get() - before) / SignedLoad.seconds(begin);
    }

    private double insertInBulk(Duration duration) throws Exception {
        bulk.copy();
        return bulk.perSecond(batch);
    }

    private void measureLatencies() throws Exception {
        double halfOfKeeping = Results.median(results.perSecond("b")) / 2;
        double halfOfMirroring = Results.median(results.perSecond("c")) / 2;
        turns.only(payara);
        results.add(new Percentiles("(a)", halfOfKeeping, noop.open(halfOfKeeping, ROUND)));
        results.add(new Percentiles("(c)", halfOfMirroring, hooks.open(halfOfMirroring, ROUND)));
        mirror.awaitDrained();
        mirror.pause();
        results.add(new Percentiles("(b)", halfOfKeeping, hooks.open(halfOfKeeping, ROUND)));
        mirror.resume();
        mirror.awaitDrained();
        turns.only(Turns.NONE);
        results.add(new Percentiles("commit of one row by the bare loop", 0, bulk.commits(COMMITS)));
    }

    private void keepLedger() throws Exception {
        for (Callable<LedgerLine> line : ledger.values()) {
            results.add(line.call());
        }
    }

    private void report() throws IOException {
        Files.createDirectories(OUTPUT);
        String tables = new MarkdownTables(conditions(), results).text();
        System.out.println(tables);
        Files.writeString(OUTPUT.resolve("results.md"), tables);
        Files.writeString(OUTPUT.resolve("results.svg"), new SvgPlot(results).text());
        Files.writeString(
                OUTPUT.resolve("results.json"),
                new JsonResults(conditions(), results).object().toString());
    }

    private String conditions() {
        return "%s cores, %s, Java %s; load average before the start %.1f; %s rounds of %s s, %s connections, bodies of %s bytes, batches of %s."
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name") + " " + System.getProperty("os.version"),
                        Runtime.version(),
                        loadAverage,
                        ROUNDS,
                        ROUND.toSeconds(),
                        SignedLoad.CONNECTIONS,
                        bodies.next().length,
                        batch);
    }
}
