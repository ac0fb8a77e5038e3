package org.mxhooks.process.benchmarks;

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
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Companion;
import org.mxhooks.process.benchmarks.bare.BareApplication;
import org.mxhooks.process.benchmarks.bare.BareLoop;
import org.mxhooks.process.benchmarks.bare.BareMessages;
import org.mxhooks.process.benchmarks.bare.Misbehaviour;
import org.mxhooks.process.benchmarks.bare.NineMore;
import org.mxhooks.process.harness.Closing;
import org.mxhooks.process.harness.FilledLog;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Postgres;
import org.mxhooks.process.harness.Senders;

/**
 * How fast consumers follow a log that is full already, over a bare loop of the mirror's writes; and what others notice
 * of a consumer that misbehaves. On Payara Micro and PostgreSQL, which share the machine, in turns; only ratios say
 * something.
 */
@Tag("benchmark")
class DispatchBenchmark {

    private static final String SECRET = "of-the-portal";
    private static final int EVENTS = 20_000;
    private static final int WARM_UP = 20_000;
    private static final int ROUNDS = 3;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration ROUND = Duration.ofSeconds(8);
    private static final String BODY = Body.of("story-updated.json").text();

    @TempDir
    Path scratch;

    private Postgres postgres;
    private Connection database;
    private PayaraMicro server;

    @BeforeEach
    void start() throws Exception {
        postgres = new Postgres(scratch.resolve("postgres"));
        postgres.start();
        database = postgres.connect();
        postgres.execute("create table seen (consumer integer, story bigint)");
    }

    @AfterEach
    void stop() throws Exception {
        try {
            assertThat(count("select count(*) from mxhooks.delivery")).isPositive();
            assertThat(count("select count(*) from mxhooks.parked where dead")).isZero();
        } finally {
            Closing.all(server, database, postgres);
        }
    }

    @Test
    void theMirrorAlone() throws Exception {
        start(Companion.writeWarWith(scratch, BareApplication.class, BareLoop.class, BareMessages.class));
        measure("mirror alone");
    }

    @Test
    void theMirrorAndNineMore() throws Exception {
        start(Companion.writeWarWith(
                scratch, BareApplication.class, BareLoop.class, BareMessages.class, NineMore.class));
        measure("ten consumers");
    }

    @Test
    void besideConsumersThatMisbehave() throws Exception {
        startWithBroker(Companion.writeWarWith(scratch, Misbehaviour.class));
        Senders senders = new Senders(SECRET, 8);
        URI hooks = server.application().resolve("hooks/default");
        senders.perSecond(hooks, Duration.ofSeconds(30));
        List<Pace> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Pace well = pace(senders, hooks);
            Files.createFile(misbehave());
            Pace badly = pace(senders, hooks);
            Files.delete(misbehave());
            System.out.printf("%s, and beside misbehaving consumers %s%n", well, badly);
            ratios.add(badly.over(well));
        }
        System.out.printf(
                "beside misbehaving consumers, as a part of before: accepts %.2f, the mirror's lag %.2f, that of JMS %.2f (medians)%n",
                median(ratios, Pace::accepts), median(ratios, Pace::mirrorsLag), median(ratios, Pace::jmsLag));
    }

    /**
     * How fast deliveries were accepted, and how long after the last one consumers took to be current.
     *
     * @param accepts a second
     * @param mirrorsLag in milliseconds
     * @param jmsLag in milliseconds
     */
    private record Pace(double accepts, double mirrorsLag, double jmsLag) {
        Pace over(Pace other) {
            return new Pace(accepts / other.accepts, mirrorsLag / other.mirrorsLag, jmsLag / other.jmsLag);
        }

        @Override
        public String toString() {
            return "accepts %.0f/s, the mirror behind by %.0f ms, JMS by %.0f ms"
                    .formatted(accepts, mirrorsLag, jmsLag);
        }
    }

    private Pace pace(Senders senders, URI hooks) throws Exception {
        double accepts = senders.perSecond(hooks, ROUND);
        long end = System.nanoTime();
        Map<String, Double> lags = new HashMap<>();
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> {
            for (String consumer : List.of("mirror", "jms")) {
                if (pending(consumer) == 0) {
                    lags.putIfAbsent(consumer, (System.nanoTime() - end) / 1e6);
                }
            }
            return lags.size() == 2;
        });
        return new Pace(accepts, lags.get("mirror"), lags.get("jms"));
    }

    private void measure(String what) throws Exception {
        bare(WARM_UP);
        FilledLog.append(database, WARM_UP, 2_000, BODY);
        awaitCurrent();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double loop = bare(EVENTS / 2);
            double followed = followed();
            System.out.printf(
                    "%s: %.0f events/s, bare loop %.0f/s, ratio %.2f%n", what, followed, loop, followed / loop);
            ratios.add(followed / loop);
        }
        System.out.printf("%s over a bare loop of the same JPA writes: %.2f (median)%n", what, median(ratios));
    }

    private double followed() throws SQLException {
        long begin = System.nanoTime();
        FilledLog.append(database, EVENTS, 2_000, BODY);
        awaitCurrent();
        return EVENTS / ((System.nanoTime() - begin) / 1e9);
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void awaitCurrent() {
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> pending("%") == 0);
    }

    private void start(Path war) {
        server = PayaraMicro.with(settings()).war(war).start();
        await().atMost(LONG).ignoreExceptions().until(() -> pending("%") == 0);
    }

    private void startWithBroker(Path war) throws IOException {
        Map<String, String> settings = settings();
        settings.put("broker.directory", scratch.resolve("broker").toString());
        settings.put("mxhooks.jms.connection-factory", "jms/mxhooks");
        server = PayaraMicro.with(settings)
                .postBoot(Path.of("server-config/payara-micro/activemq.asadmin"))
                .war(war)
                .start();
        await().atMost(LONG).ignoreExceptions().until(() -> pending("%") == 0);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", "of-the-operator");
        settings.put(Misbehaviour.FILE, misbehave().toString());
        return settings;
    }

    private Path misbehave() {
        return scratch.resolve("misbehave");
    }

    private long pending(String consumer) throws SQLException {
        try (PreparedStatement select = database.prepareStatement("""
                select count(*) from mxhooks.lane l join mxhooks.delivery d on d.lane = l.lane and d.position > l.cursor
                where l.consumer like ?""")) {
            select.setString(1, consumer);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private double bare(int events) throws Exception {
        URI loop = server.application().resolve(BareApplication.PATH + "/mirror/" + events);
        HttpRequest request =
                HttpRequest.newBuilder(loop).POST(BodyPublishers.ofString(BODY)).build();
        return Double.parseDouble(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    private static double median(List<Pace> paces, ToDoubleFunction<Pace> figure) {
        return median(paces.stream().map(figure::applyAsDouble).toList());
    }
}
