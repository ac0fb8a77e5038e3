package org.mxhooks.process.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.companion.Crowd;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Companion;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.Closing;
import org.mxhooks.process.harness.FilledLog;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Postgres;
import org.mxhooks.process.harness.Senders;

/**
 * What many consumers, retention and a long snapshot cost a node on Payara Micro and PostgreSQL, which share the
 * machine. Prints figures; asserts that nothing is lost.
 */
@Tag("benchmark")
class ScaleBenchmark {

    private static final String SECRET = "of-the-portal";
    private static final int BODIES = Integer.getInteger("bodies", 1_000_000);
    private static final int REPLAYS = Integer.getInteger("many-replays", 1_000_000);
    private static final Duration MINUTE = Duration.ofSeconds(Integer.getInteger("minute", 60));
    private static final Duration SNAPSHOT = Duration.ofSeconds(Integer.getInteger("snapshot", 60));
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warm-up", 30));
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofMinutes(20);

    @TempDir
    Path scratch;

    private Postgres postgres;
    private PayaraMicro server;

    @BeforeEach
    void startDatabase() throws Exception {
        postgres = new Postgres(
                scratch.resolve("postgres"),
                Map.of("logging_collector", "on", "log_directory", log().toString(), "log_filename", "statements"));
        postgres.start();
    }

    @AfterEach
    void stop() throws Exception {
        Closing.all(server, postgres);
    }

    private void start(Map<String, String> additional) {
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", "of-the-operator");
        settings.putAll(additional);
        server = PayaraMicro.with(settings)
                .war(Companion.writeWarWith(scratch, Crowd.class, Crowd.Member.class))
                .start();
        await().atMost(LONG).ignoreExceptions().until(() -> pending() == 0);
    }

    @Test
    void anIdleNodeWithFiftyConsumers() throws Exception {
        Path size = Files.writeString(scratch.resolve("size"), "0");
        start(Map.of(Crowd.SIZE, size.toString()));
        awaitConsumers(1);
        logStatements();
        measureIdle("mirror alone");
        Files.writeString(size, "49");
        awaitConsumers(50);
        measureIdle("50 consumers");
    }

    private void measureIdle(String what) throws IOException {
        pass(WARM_UP);
        long statements = statements();
        Duration cpu = cpu();
        long begin = System.nanoTime();
        pass(MINUTE);
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "idle, %s: %.1f statements/s at PostgreSQL, %.2f %% of a core%n",
                what, (statements() - statements) / seconds, cpu().minus(cpu).toNanos() / 1e7 / seconds);
    }

    /** Those that mxhooks has executed since {@link #logStatements}, and those that begin and end transactions. */
    private long statements() throws IOException {
        try (Stream<String> lines = Files.lines(log().resolve("statements"))) {
            return lines.filter(line -> line.contains("LOG:  execute ") || line.contains("LOG:  statement: "))
                    .count();
        }
    }

    private void logStatements() throws SQLException {
        postgres.execute("alter system set log_statement = 'all'");
        postgres.execute("select pg_reload_conf()");
    }

    private Path log() {
        return scratch.resolve("log");
    }

    @Test
    void consumersAtRunTime() throws Exception {
        Path size = Files.writeString(scratch.resolve("size"), "0");
        start(Map.of(Crowd.SIZE, size.toString()));
        awaitConsumers(1);
        long before = heap();
        Files.writeString(size, "200");
        long begin = System.nanoTime();
        awaitConsumers(201);
        System.out.printf("200 consumers are registered after %.1f s%n", (System.nanoTime() - begin) / 1e9);
        long events = Math.round(new Senders(SECRET, 2).perSecond(hooks(), Duration.ofSeconds(2)) * 2);
        begin = System.nanoTime();
        await().atMost(LONG).until(() -> pending() == 0);
        System.out.printf(
                "about %s events of 200 consumers are dealt with %.1f s later%n",
                events, (System.nanoTime() - begin) / 1e9);
        Files.writeString(size, "0");
        begin = System.nanoTime();
        await().atMost(LONG)
                .until(() -> postgres.number(
                                "select count(*) from mxhooks.lane where consumer like 'crowd-%' and owner is not null")
                        == 0);
        System.out.printf("they have stopped after %.1f s%n", (System.nanoTime() - begin) / 1e9);
        Files.writeString(size, "1000");
        awaitConsumers(1001);
        pass(WARM_UP);
        System.out.printf("1,000 idle consumers: %.1f MB of heap%n", (heap() - before) / 1e6);
        logStatements();
        measureIdle("1,001 consumers");
        assertThat(postgres.number("select count(*) from mxhooks.parked")).isZero();
    }

    @Test
    void acceptsWhileBodiesAreRemoved() throws Exception {
        start(Map.of(Crowd.SIZE, "0", "mxhooks.retention", "P1D"));
        Senders senders = new Senders(SECRET, 16);
        senders.perSecond(hooks(), WARM_UP);
        List<Double> before = rounds(senders, 3);
        fill(BODIES);
        await().atMost(LONG).until(() -> old() < BODIES);
        List<Double> meanwhile = new ArrayList<>();
        while (old() > 0) {
            meanwhile.addAll(rounds(senders, 1));
        }
        List<Double> after = rounds(senders, 3);
        System.out.printf(
                "accepts/s before %s, while %s bodies are removed %s, after %s; ratio %.2f%n",
                rounded(before),
                BODIES,
                rounded(meanwhile),
                rounded(after),
                median(meanwhile) * 2 / (median(before) + median(after)));
        assertLedger(senders, BODIES);
    }

    @Test
    void underALongSnapshot() throws Exception {
        start(Map.of(Crowd.SIZE, "0"));
        Senders senders = new Senders(SECRET, 16);
        senders.perSecond(hooks(), WARM_UP);
        List<Double> before = rounds(senders, 3);
        List<Double> meanwhile = new ArrayList<>();
        try (Connection snapshot = postgres.connect();
                Statement statement = snapshot.createStatement()) {
            snapshot.setAutoCommit(false);
            snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("select count(*) from mxhooks.lane");
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < SNAPSHOT.toNanos()) {
                meanwhile.addAll(rounds(senders, 1));
            }
        }
        List<Double> after = rounds(senders, 3);
        System.out.printf(
                "accepted and mirrored/s before %s, under a snapshot of %s s %s, after %s; ratio %.2f%n",
                rounded(before),
                SNAPSHOT.toSeconds(),
                rounded(meanwhile),
                rounded(after),
                median(meanwhile) * 2 / (median(before) + median(after)));
        assertLedger(senders, 0);
    }

    @Test
    void manyReplays() throws Exception {
        Path failing = Files.createFile(scratch.resolve("failing"));
        start(Map.of(Crowd.SIZE, "1"));
        awaitConsumers(2);
        server.close();
        try (Connection database = postgres.connect()) {
            FilledLog.append(
                    database, REPLAYS, 2_000, Body.of("story-updated.json").text());
        }
        postgres.execute("update mxhooks.lane set cursor = " + REPLAYS);
        start(Map.of(Crowd.SIZE, "1", Crowd.FAILING, failing.toString()));
        awaitConsumers(2);
        new Portal(server.application(), "default", SECRET)
                .sends(Body.of("story-updated.json").with("/Story/Description", Json.createValue(Crowd.POISON)));
        new Senders(SECRET, 16).perSecond(hooks(), WARM_UP);
        await().atMost(LONG).until(() -> pending() == 0);

        postgres.execute("""
                insert into mxhooks.parked (consumer, position, lane, replay, dead, due, attempts, unended, parked_at)
                select 'crowd-0', position, lane, true, false, current_timestamp - interval '1' hour, 0, 0, current_timestamp
                from mxhooks.delivery where position <= %s""".formatted(REPLAYS));
        List<Long> first = replaysPerSecond(3);
        Files.delete(failing);
        postgres.execute("update mxhooks.parked set due = current_timestamp where not replay");
        long due = System.nanoTime();
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> postgres.number("select count(*) from mxhooks.parked where not replay") == 0);
        double late = (System.nanoTime() - due) / 1e6;
        postgres.execute("delete from mxhooks.parked where position > " + REPLAYS / 10);
        System.out.printf(
                "replays/s of %s: %s; of the last tenth %s; a retry that fell due was done %.0f ms later%n",
                REPLAYS, first, replaysPerSecond(3), late);
    }

    private List<Long> replaysPerSecond(int rounds) throws SQLException {
        List<Long> perSecond = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            long before = postgres.number("select count(*) from mxhooks.parked");
            long begin = System.nanoTime();
            pass(ROUND);
            long drained = before - postgres.number("select count(*) from mxhooks.parked");
            perSecond.add(Math.round(drained / ((System.nanoTime() - begin) / 1e9)));
        }
        return perSecond;
    }

    /** Accepted and dealt with, a second. */
    private List<Double> rounds(Senders senders, int howMany) throws Exception {
        List<Double> rounds = new ArrayList<>();
        for (int round = 0; round < howMany; round++) {
            long accepted = senders.accepted(List.of(hooks()));
            long begin = System.nanoTime();
            senders.perSecond(hooks(), ROUND);
            await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> pending() == 0);
            rounds.add((senders.accepted(List.of(hooks())) - accepted) / ((System.nanoTime() - begin) / 1e9));
        }
        return rounds;
    }

    private void assertLedger(Senders senders, long filled) throws SQLException {
        assertThat(postgres.number("select count(*) from mxhooks.delivery") - filled)
                .as("each that was answered is kept once")
                .isEqualTo(senders.accepted(List.of(hooks())));
        assertThat(postgres.number("select count(*) from mxhooks.parked")).isZero();
    }

    private URI hooks() {
        return server.application().resolve("hooks/default");
    }

    private void awaitConsumers(int howMany) {
        await().atMost(LONG)
                .until(() ->
                        postgres.number("select count(*) from mxhooks.lane where owner is not null") == 32L * howMany);
    }

    private static void pass(Duration duration) {
        long begin = System.nanoTime();
        await().atMost(duration.multipliedBy(2)).until(() -> System.nanoTime() - begin > duration.toNanos());
    }

    /** Of what is in the log, two days old: nobody has anything to do with it. */
    private void fill(int bodies) throws SQLException {
        postgres.execute("""
                with filling as (
                    insert into mxhooks.delivery (position, delivery, endpoint, scheme, identity, received_at, lane,
                        category, action, app_id, resource_type, resource_id)
                    select n - %1$s, gen_random_uuid(), 'default', 'projects', sha256(convert_to('old ' || n, 'UTF8')),
                        now() - interval '2' day, n %% 32, 'stories', 'updated', 'app', 'story', n %% 2000
                    from generate_series(1, %1$s) as n returning position)
                insert into mxhooks.body (position, headers, bytes)
                select position, '{}', convert_to(repeat('x', 1200), 'UTF8') from filling""".formatted(bodies));
        postgres.execute("update mxhooks.retention set cursor = -" + bodies);
    }

    private long old() throws SQLException {
        return postgres.number("select count(*) from mxhooks.body where position <= 0");
    }

    private long pending() throws SQLException {
        return postgres.number(
                "select count(*) from mxhooks.lane l join mxhooks.delivery d on d.lane = l.lane and d.position > l.cursor");
    }

    private Duration cpu() {
        return server.handle().info().totalCpuDuration().orElseThrow();
    }

    /** After a collection, in bytes. */
    private long heap() throws Exception {
        String pid = String.valueOf(server.handle().pid());
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        run(jcmd.toString(), pid, "GC.run");
        return run(jcmd.toString(), pid, "GC.heap_info")
                .lines()
                .filter(line -> line.contains(" used ") && !line.contains("Metaspace") && !line.contains("class space"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".* used (\\d+)K.*", "$1")) * 1024)
                .sum();
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }

    private static List<Long> rounded(List<Double> figures) {
        return figures.stream().map(Math::round).toList();
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }
}
