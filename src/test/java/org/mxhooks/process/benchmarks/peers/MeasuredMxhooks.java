package org.mxhooks.process.benchmarks.peers;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.mxhooks.journey.Operator;
import org.mxhooks.process.benchmarks.peers.Results.Percentiles;
import org.mxhooks.process.benchmarks.peers.Results.Ratio;
import org.mxhooks.process.harness.PayaraMicro;

/** mxhooks, beside a resource that does nothing, on one server; and the bare loop that inserts what it kept. */
final class MeasuredMxhooks implements Turns.Suspendable, AutoCloseable {

    private static final Duration START_UP = Duration.ofSeconds(10);
    private static final int COMMITS = 1_000;
    private static final String PASSWORD = "of-the-operator";

    private final BenchDatabase database;
    private final PayaraMicro server;
    private final FollowingMirror mirror;
    private final BulkLoop bulk;
    private final BareReceiver bare;
    private final SignedLoad noop;
    private final SignedLoad hooks;

    /** Each second while the mirror follows, without what it takes to drain. */
    private final List<Double> accepts = new ArrayList<>();

    private double afterStartUp;
    private int batch = 1;

    /** One that is ready. */
    MeasuredMxhooks(BenchDatabase database, Path home, Path noopWar, StoryBodies bodies) throws SQLException {
        this.database = database;
        Map<String, String> settings = new HashMap<>(database.settingsOfMxhooks());
        settings.put("mxhooks.home", home.toString());
        settings.put("mxhooks.endpoint.default.secret", Signing.SECRET);
        settings.put("mxhooks.endpoint.default.key-derivation", "raw");
        settings.put("mxhooks.operator.password", PASSWORD);
        settings.put("mxhooks.jms.enabled", "false");
        settings.put("keeper.url", database.url());
        server = PayaraMicro.with(settings).beside(noopWar).start();
        mirror = new FollowingMirror(new Operator(server.application(), PASSWORD));
        bulk = new BulkLoop(database);
        bare = new BareReceiver(database, server.application(), bodies);
        noop = new SignedLoad(server.application().resolve("/noop/hooks"), Signing.PROJECTS, bodies, new AtomicLong());
        hooks = new SignedLoad(
                server.application().resolve("hooks/default"), Signing.PROJECTS, bodies, new AtomicLong());
        mirror.awaitReady();
        bare.createTables();
    }

    List<Contender> contenders() {
        return List.of(
                new Contender("a", "JAX-RS POST that does nothing, same server", this, noop::closedWhenWarm),
                new Contender("b", "mxhooks, mirror paused", this, this::keepOnly),
                new Contender("c", "mxhooks, mirror drained", this, this::keepAndMirror),
                new Contender(
                        "k", "bare receiver, same server: neither verifies nor decodes, keeps", this, bare::keepOnly),
                new Contender("m", "as (k), a bare mirror behind it drained", this, bare::keepAndMirror),
                new Contender("bulk", "bare JDBC loop, rows and batches of (b)", Turns.NONE, this::insertInBulk));
    }

    /** The first requests after the start. */
    void startUp() throws Exception {
        hooks.closed(START_UP);
        afterStartUp = hooks.closed(START_UP);
        mirror.awaitDrained();
    }

    /** Forgets what was measured until now. */
    void startMeasuring() {
        accepts.clear();
    }

    private double keepOnly(Duration duration) throws Exception {
        mirror.pause();
        hooks.closed(SignedLoad.BRIEF);
        long before = (long) database.number("select max(position) from mxhooks.delivery");
        double perSecond = hooks.closed(duration);
        batch = meanBatchSince(before);
        mirror.resume();
        mirror.awaitDrained();
        return perSecond;
    }

    /** By the transactions of the rows. */
    private int meanBatchSince(long position) throws Exception {
        return (int) Math.round(database.number(
                "select 1.0 * count(*) / count(distinct xmin::text) from mxhooks.delivery where position > "
                        + position));
    }

    private double keepAndMirror(Duration duration) throws Exception {
        hooks.closed(SignedLoad.BRIEF);
        mirror.awaitDrained();
        long before = hooks.accepted().get();
        long begin = System.nanoTime();
        accepts.add(hooks.closed(duration));
        mirror.awaitDrained();
        return (hooks.accepted().get() - before) / SignedLoad.seconds(begin);
    }

    private double insertInBulk(Duration ignored) throws Exception {
        bulk.copy();
        return bulk.perSecond(batch);
    }

    /** At half of what was measured in the rounds before, in turns; beside them commits of the bare loop. */
    void measureLatencies(Results results, int rounds, Duration duration) throws Exception {
        double keeping = Results.median(results.perSecond("b")) / 2;
        double mirroring = Results.median(results.perSecond("c")) / 2;
        List<Latencies> measured = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            long[] ofNoop = noop.open(keeping, duration);
            long[] ofBare = bare.open(keeping, duration);
            long[] ofMirroring = hooks.open(mirroring, duration);
            mirror.awaitDrained();
            mirror.pause();
            long[] ofKeeping = hooks.open(keeping, duration);
            mirror.resume();
            mirror.awaitDrained();
            measured.add(new Latencies(ofNoop, ofBare, ofKeeping, ofMirroring, bulk.commits(COMMITS)));
        }
        results.add(Percentiles.of("(a)", keeping, measured, Latencies::noop));
        results.add(Percentiles.of("(k)", keeping, measured, Latencies::bare));
        results.add(Percentiles.of("(b)", keeping, measured, Latencies::keeping));
        results.add(Percentiles.of("(c)", mirroring, measured, Latencies::mirroring));
        results.add(Percentiles.of("a commit of one row by the bare loop", 0, measured, Latencies::commits));
        results.add(new Ratio(
                "twice the p99 of (a) and a commit / p99 of (b)",
                1,
                measured.stream()
                        .map(round -> round.allowed() / Percentiles.p99(round.keeping()))
                        .toList(),
                measured.stream()
                        .map(round -> round.allowed() / Percentiles.p99(round.bare()))
                        .toList()));
    }

    /** Of one round, in nanoseconds, each in order. */
    private record Latencies(long[] noop, long[] bare, long[] keeping, long[] mirroring, long[] commits) {
        double allowed() {
            return 2 * Percentiles.p99(noop) + Percentiles.p99(commits);
        }
    }

    Ratio afterStartUp() {
        return new Ratio(
                "accepts in seconds 10–20 / steady state",
                0.5,
                accepts.stream().map(steady -> afterStartUp / steady).toList());
    }

    LedgerLine ledger() throws Exception {
        return LedgerLine.read(database, "b, c", "mxhooks", hooks.accepted().get(), true);
    }

    int batch() {
        return batch;
    }

    @Override
    public void pause() throws Exception {
        server.pause();
    }

    @Override
    public void resume() throws Exception {
        server.resume();
        mirror.awaitReady();
    }

    @Override
    public void close() {
        server.close();
    }
}
