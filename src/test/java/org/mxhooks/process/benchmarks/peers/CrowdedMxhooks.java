package org.mxhooks.process.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.mxhooks.event.Consumer;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Companion;
import org.mxhooks.journey.Operator;
import org.mxhooks.process.benchmarks.bare.BareApplication;
import org.mxhooks.process.benchmarks.bare.BareLoop;
import org.mxhooks.process.benchmarks.bare.BareMessages;
import org.mxhooks.process.benchmarks.bare.FortyNine;
import org.mxhooks.process.benchmarks.peers.Results.Ratio;
import org.mxhooks.process.harness.FilledLog;
import org.mxhooks.process.harness.PayaraMicro;

/** mxhooks with a broker and forty-nine consumers beside the mirror, on a server and a database of its own. */
final class CrowdedMxhooks implements Turns.Suspendable, AutoCloseable {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int BACKLOG = 5_000;
    private static final int LOOP = 1_500;
    private static final int HANGING = 8;
    private static final int SPRINTS = 64;
    private static final String PASSWORD = "of-the-operator";
    private static final String OLDEST = """
            select coalesce(1000 * extract(epoch from clock_timestamp() - min(oldest.received_at)), 0) from mxhooks.lane l
            cross join lateral (select d.received_at from mxhooks.delivery d where d.lane = l.lane and d.position > l.cursor
                order by d.lane, d.position limit 1) as oldest
            where l.consumer = 'mirror'""";

    private static final String STORY = Body.of("story-updated.json").text();

    private final BenchDatabase database;
    private final Path hang;
    private final PayaraMicro server;
    private final Operator operator;
    private final FollowingMirror mirror;
    private final SignedLoad hooks;

    /** One that is ready; the messages' consumer is paused. */
    CrowdedMxhooks(BenchDatabase database, Path scratch, StoryBodies bodies) throws IOException {
        this.database = database;
        hang = scratch.resolve("hang");
        Map<String, String> settings = new HashMap<>(database.settingsOfMxhooks());
        settings.put("mxhooks.home", scratch.resolve("crowd").toString());
        settings.put("mxhooks.endpoint.default.secret", Signing.SECRET);
        settings.put("mxhooks.endpoint.default.key-derivation", "raw");
        settings.put("mxhooks.operator.password", PASSWORD);
        settings.put("mxhooks.jms.connection-factory", BareMessages.FACTORY);
        settings.put("broker.directory", scratch.resolve("broker").toString());
        settings.put(FortyNine.FILE, hang.toString());
        server = PayaraMicro.with(settings)
                .postBoot(Path.of("server-config/payara-micro/activemq.asadmin"))
                .war(Companion.writeWarWith(
                        scratch, BareApplication.class, BareLoop.class, BareMessages.class, FortyNine.class))
                .start();
        operator = new Operator(server.application(), PASSWORD);
        mirror = new FollowingMirror(operator);
        hooks = new SignedLoad(
                server.application().resolve("hooks/default"), Signing.PROJECTS, bodies, new AtomicLong());
        mirror.awaitReady();
        await().atMost(LONG).until(() -> operator.pauses("jms").status() / 100 == 2);
    }

    Contender contender() {
        return new Contender("c49", "as (c), beside 49 consumers that want nothing", this, this::keepAndMirror);
    }

    private double keepAndMirror(Duration duration) throws Exception {
        hooks.closed(SignedLoad.BRIEF);
        mirror.awaitDrained();
        long before = hooks.accepted().get();
        long begin = System.nanoTime();
        hooks.closed(duration);
        mirror.awaitDrained();
        return (hooks.accepted().get() - before) / SignedLoad.seconds(begin);
    }

    /** What is accepted and mirrored beside all 49, as a part of what is while they are paused. */
    Ratio besideIdle(int rounds, Duration duration) throws Exception {
        List<Double> parts = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            double first = i % 2 == 0 ? alone(duration) : keepAndMirror(duration);
            double second = i % 2 == 0 ? keepAndMirror(duration) : alone(duration);
            parts.add(i % 2 == 0 ? second / first : first / second);
        }
        return new Ratio("c beside 49 idle consumers / c beside none", 0.8, parts);
    }

    private double alone(Duration duration) throws Exception {
        idle().forEach(operator::pauses);
        double alone = keepAndMirror(duration);
        idle().forEach(operator::resumes);
        await().atMost(LONG).until(() -> idle().allMatch(this::hasCaughtUp));
        return alone;
    }

    private boolean hasCaughtUp(String consumer) {
        return operator.asks("consumers/" + consumer).json().getInt("pending") == 0;
    }

    private static Stream<String> idle() {
        return Arrays.stream(FortyNine.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Consumer.class))
                .map(method -> method.getAnnotation(Consumer.class).value());
    }

    /**
     * How things go for a while.
     *
     * @param accepts a second
     * @param lag of the mirror, how old the oldest delivery is that it has not dealt with, in milliseconds: the median
     * @param api the 99th percentile of the operator's API, in milliseconds
     */
    private record Going(double accepts, double lag, double api) {}

    /** As parts of what they are without consumers that hang, each first in every other round. */
    List<Ratio> besideHanging(int rounds, Duration duration) throws Exception {
        List<Double> accepts = new ArrayList<>();
        List<Double> lags = new ArrayList<>();
        List<Double> answers = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            Going first = i % 2 == 0 ? going(duration) : besideHanging(duration);
            Going second = i % 2 == 0 ? besideHanging(duration) : going(duration);
            Going well = i % 2 == 0 ? first : second;
            Going badly = i % 2 == 0 ? second : first;
            System.out.printf("%s; eight hang: %s%n", well, badly);
            accepts.add(badly.accepts() / well.accepts());
            lags.add(well.lag() / badly.lag());
            answers.add(well.api() / badly.api());
        }
        return List.of(
                new Ratio("accepts beside eight of 49 that hang / without", 1 / 1.3, accepts),
                new Ratio("mirror's lag without / beside eight that hang", 1 / 1.3, lags),
                new Ratio("p99 of the API without / beside eight that hang", 1 / 1.3, answers));
    }

    private Going besideHanging(Duration duration) throws Exception {
        hang();
        Going badly = going(duration);
        Files.delete(hang);
        await().atMost(LONG).until(() -> hanging() == 0);
        return badly;
    }

    /** More events than there are connections, so that who gives a call up has the next one hang. */
    private void hang() throws Exception {
        Files.createFile(hang);
        try (Connection connection = database.connect()) {
            FilledLog.append(
                    connection,
                    "sprint",
                    "sprints",
                    SPRINTS,
                    SPRINTS,
                    Body.of("sprint-updated.json").text());
        }
        await().atMost(LONG).until(() -> hanging() >= HANGING);
        mirror.awaitDrained(); // of the sprints, which are many at once
    }

    private double hanging() throws SQLException {
        return database.number(
                "select count(*) from pg_stat_activity where state = 'idle in transaction' and query = 'select 1'");
    }

    private Going going(Duration duration) throws Exception {
        CompletableFuture<Double> accepts = CompletableFuture.supplyAsync(() -> accepts(duration));
        List<Double> answers = new ArrayList<>();
        List<Double> lags = new ArrayList<>();
        try (Connection connection = database.connect();
                PreparedStatement oldest = connection.prepareStatement(OLDEST)) {
            while (!accepts.isDone()) {
                long begin = System.nanoTime();
                operator.story(1);
                answers.add((System.nanoTime() - begin) / 1e6);
                lags.add(number(oldest));
            }
        }
        mirror.awaitDrained();
        answers.sort(Double::compare);
        return new Going(accepts.get(), Results.median(lags), answers.get(answers.size() * 99 / 100));
    }

    private static double number(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getDouble(1);
        }
    }

    private double accepts(Duration duration) {
        try {
            return hooks.closed(duration);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * How fast the mirror and the messages follow a log that is full already, over a bare loop of the same writes. The
     * others are paused: the log was not accepted by this server, so that each would read it to pass it.
     */
    Ratio overBareLoop(int rounds) throws Exception {
        idle().forEach(operator::pauses);
        operator.resumes("jms");
        awaitCurrent();
        bare(LOOP);
        follow(BACKLOG);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            double loop = bare(LOOP);
            double followed = follow(BACKLOG);
            System.out.printf("bare loop: %.0f/s, mirror and messages: %.0f/s%n", loop, followed);
            ratios.add(followed / loop);
        }
        assertThat(database.number("select count(*) from mxhooks.parked where consumer in ('mirror', 'jms')"))
                .isZero();
        return new Ratio("mirror and JMS over a bare loop of the same writes", 0.8, ratios);
    }

    private double bare(int events) throws Exception {
        URI loop = server.application().resolve(BareApplication.PATH + "/both/" + events);
        HttpRequest request = HttpRequest.newBuilder(loop)
                .POST(BodyPublishers.ofString(STORY))
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return Double.parseDouble(client.send(request, BodyHandlers.ofString()).body());
    }

    private double follow(int events) throws Exception {
        long begin = System.nanoTime();
        try (Connection connection = database.connect()) {
            FilledLog.append(connection, events, 2_000, STORY);
        }
        awaitCurrent();
        return events / SignedLoad.seconds(begin);
    }

    /** By the last delivery of each lane, which an index has: to count what is left would keep a processor busy. */
    private void awaitCurrent() throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement behind = connection.prepareStatement("""
                    select count(*) from mxhooks.lane l where l.consumer in ('mirror', 'jms') and l.cursor <
                        (select d.position from mxhooks.delivery d where d.lane = l.lane
                            order by d.lane desc, d.position desc limit 1)""")) {
            await().atMost(LONG)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> number(behind) == 0);
        }
    }

    /** Of the stories that were sent; before others are written beside the log. */
    LedgerLine ledger() throws SQLException {
        return new LedgerLine(
                "c49",
                hooks.accepted().get(),
                (long) database.number("select count(*) from mxhooks.delivery where category = 'stories'"),
                (long) database.number(
                        "select count(distinct identity) from mxhooks.delivery where category = 'stories'"),
                Optional.of((long) database.number(
                        "select (select count(*) from mxhooks.story) + (select count(*) from mxhooks.story_version)")));
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
