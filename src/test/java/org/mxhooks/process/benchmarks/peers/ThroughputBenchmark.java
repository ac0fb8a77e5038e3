package org.mxhooks.process.benchmarks.peers;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mxhooks.process.benchmarks.peers.Signing.GITHUB;
import static org.mxhooks.process.benchmarks.peers.Signing.PROJECTS;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.process.harness.Closing;

/**
 * Deliveries per second of mxhooks and of other receivers, in turns, after a warm-up; then how late answers are at half
 * of that. Senders, receivers and database share the machine. A delivery that was answered and is not kept once, or not
 * mirrored, fails the run.
 */
@Tag("throughput")
class ThroughputBenchmark {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("bench.seconds", 5));
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmup", 60));
    private static final int STEADY_WINDOWS = 3;
    private static final double STEADY = 0.95;
    private static final Path OUTPUT = Path.of("target/bench");
    private static final Path PEERS = OUTPUT.resolve("peers");

    @TempDir
    Path scratch;

    private final double loadAverage =
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    private final StoryBodies bodies = new StoryBodies();
    private final Turns turns = new Turns();
    private final Results results = new Results();
    private final List<Contender> contenders = new ArrayList<>();
    private final List<MeasuredPeer.Resource> peers = new ArrayList<>();

    /** The last one first. */
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private BenchDatabase database;
    private MeasuredMxhooks mxhooks;
    private CrowdedMxhooks crowded;

    @BeforeEach
    void start() throws Exception {
        database = started(new BenchDatabase(scratch.resolve("postgres")));
        mxhooks = started(
                new MeasuredMxhooks(database, scratch.resolve("home"), PEERS.resolve("noop/target/noop.war"), bodies));
        turns.add(mxhooks);
        contenders.addAll(mxhooks.contenders());
    }

    private void startPeers() throws Exception {
        crowded = started(
                new CrowdedMxhooks(started(new BenchDatabase(scratch.resolve("crowd-postgres"))), scratch, bodies));
        turns.add(crowded);
        contenders.add(crowded.contender());
        for (String schema : List.of("spring_keep", "spring_mirror", "jakarta_mirror", "node_keep")) {
            database.createSchema(schema);
        }
        MeasuredPeer spring = started(MeasuredPeer.spring(database, bodies, PEERS));
        turns.add(spring);
        peers.add(spring.keeping("d", "Spring Boot and JDBC", "keep", PROJECTS, "spring_keep"));
        peers.add(spring.mirroring("e", "Spring Boot and JDBC", "mirror", PROJECTS, "spring_mirror"));
        MeasuredPeer jakarta = started(MeasuredPeer.jakarta(database, bodies, PEERS));
        turns.add(jakarta);
        peers.add(jakarta.mirroring("f", "Jakarta EE and JPA", "jakarta/hooks", PROJECTS, "jakarta_mirror"));
        MeasuredPeer node = started(MeasuredPeer.node(database, bodies, PEERS));
        turns.add(node);
        peers.add(node.keeping("g", "Octokit, Express and pg", "keep", GITHUB, "node_keep"));
        peers.forEach(peer -> contenders.add(peer.contender()));
    }

    private <T extends AutoCloseable> T started(T closeable) {
        started.push(closeable);
        return closeable;
    }

    @AfterEach
    void stop() throws Exception {
        Closing.all(started.toArray(AutoCloseable[]::new));
    }

    @Test
    @Timeout(value = 40, unit = MINUTES)
    void inTurns() throws Exception {
        mxhooks.startUp();
        startPeers();
        for (Contender contender : contenders) {
            warmUp(contender);
        }
        mxhooks.startMeasuring();
        for (int round = 0; round < ROUNDS; round++) {
            for (Contender contender : contenders) {
                if (contender.process() != crowded) {
                    results.add(contender, measure(contender, ROUND));
                }
            }
        }
        measureLatencies();
        measureCrowd();
        keepLedger();
        report();
        assertThat(results.areVoid()).as("the ledger does not balance").isFalse();
    }

    /** Until it gets no faster, as far as rounds can tell, but no process for longer than another. */
    private void warmUp(Contender contender) throws Exception {
        List<Double> windows = new ArrayList<>();
        long end = System.nanoTime() + WARM_UP.dividedBy(sharing(contender)).toNanos();
        while (System.nanoTime() < end && !isSteady(windows)) {
            windows.add(measure(contender, ROUND));
        }
    }

    /** A bare loop has little to warm up. */
    private long sharing(Contender contender) {
        return contenders.stream()
                .filter(other -> other.process() == contender.process() || contender.process() == Turns.NONE)
                .count();
    }

    private static boolean isSteady(List<Double> windows) {
        List<Double> last = windows.subList(Math.max(0, windows.size() - STEADY_WINDOWS), windows.size());
        return last.size() == STEADY_WINDOWS && Results.min(last) > STEADY * Results.max(last);
    }

    private double measure(Contender contender, Duration duration) throws Exception {
        turns.only(contender.process());
        double perSecond = contender.measurement().perSecond(duration);
        System.out.printf("(%s) for %s: %.0f/s%n", contender.letter(), duration, perSecond);
        return perSecond;
    }

    private void measureLatencies() throws Exception {
        turns.only(mxhooks);
        mxhooks.measureLatencies(results, ROUNDS, ROUND);
        turns.only(Turns.NONE);
        results.add(mxhooks.afterStartUp());
    }

    private void measureCrowd() throws Exception {
        turns.only(crowded);
        results.add(crowded.besideIdle(ROUNDS, ROUND));
        crowded.besideHanging(ROUNDS, ROUND.multipliedBy(2)).forEach(results::add);
        results.add(crowded.ledger());
        results.add(crowded.overBareLoop(ROUNDS));
        turns.only(Turns.NONE);
    }

    private void keepLedger() throws Exception {
        results.add(mxhooks.ledger());
        for (MeasuredPeer.Resource peer : peers) {
            results.add(peer.ledger(database));
        }
    }

    private void report() throws IOException {
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
                        mxhooks.batch());
    }
}
