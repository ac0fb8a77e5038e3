package org.mxhooks.process.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Operator;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.Broker;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Reckoning;
import org.mxhooks.process.harness.Redeployable;
import org.mxhooks.process.harness.RoundRobin;
import org.mxhooks.process.harness.ServerLog;
import org.mxhooks.process.harness.Traffic;
import org.mxhooks.process.harness.Traffic.Acknowledged;
import org.mxhooks.process.harness.WildFly;

/**
 * A broker is killed under load, or stands still, and comes back after a while: ingest does not notice, a durable
 * subscriber misses nothing.
 */
@Tag("process")
class BrokerOutageIT {

    private static final String SECRET = "of-the-portal";
    private static final String PASSWORD = "of-the-operator";
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("outage", 5));
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int SOME = 600;

    @TempDir
    Path scratch;

    private Broker broker;

    @BeforeEach
    void startBroker() throws IOException {
        broker = new Broker(scratch.resolve("broker"));
        broker.start();
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void underPayaraMicro() throws Exception {
        Map<String, String> settings = settings();
        settings.putAll(broker.settings());
        broker.killNine();
        try (PayaraMicro server =
                PayaraMicro.with(settings).postBoot(Broker.ADAPTER).start()) {
            acceptsWithoutBroker(server.application());
            broker.start();
            survives("Payara Micro", server.application(), broker, server.log());
        }
    }

    @Test
    void underWildFly() throws Exception {
        Map<String, String> settings = settings();
        settings.put("mxhooks.jms.connection-factory", "java:/jms/mxhooks");
        settings.put("broker.port", String.valueOf(broker.port()));
        try (Redeployable server =
                new WildFly(scratch.resolve("wildfly"), "standalone-full.xml", settings, "artemis.cli")) {
            server.deploy(Path.of(System.getProperty("war")));
            survives("WildFly", server.application(), broker, server.log());
        }
    }

    /** It was away already when the server started. */
    private static void acceptsWithoutBroker(URI application) {
        Portal portal = new Portal(application, "default", SECRET);
        Operator operator = new Operator(application, PASSWORD);
        await().atMost(SOON)
                .until(() ->
                        portal.sends(Body.of("story-updated.json").named("0")).isAcknowledged());
        await().atMost(SOON).until(() -> operator.story(4711).status() == 200);
        assertThat(jms(operator).getInt("pending")).isOne();
        assertThat(operator.ready().status()).isEqualTo(200);
    }

    /** That a server does, which publishes to this broker. */
    static void survives(String server, URI application, Broker broker, ServerLog log) throws Exception {
        Operator operator = new Operator(application, PASSWORD);
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(() -> assertThat(operator.consumers().text()).contains("jms"));
        Portal portal = new Portal(application, "default", SECRET);
        new Absence(server + ", the broker killed", broker, log, broker::killNine, broker::start)
                .survivedBy(portal, operator);
        new Absence(server + ", the broker standing still", broker, log, broker::pause, broker::resume)
                .survivedBy(portal, operator);
    }

    /** What happens to the broker. */
    private interface Turn {
        void happen() throws Exception;
    }

    private record Absence(String event, Broker broker, ServerLog log, Turn goes, Turn returns) {
        void survivedBy(Portal portal, Operator operator) throws Exception {
            Traffic traffic = new Traffic(new RoundRobin(List.of(portal)), Traffic.FAST);
            traffic.awaitMore(SOME);
            Pace before = new Pace(traffic);
            traffic.awaitMore(SOME);
            before.ends();

            long logged = log.size();
            goes.happen();
            Pace during = new Pace(traffic);
            await().during(OUTAGE).atMost(OUTAGE.plus(SOON)).untilAsserted(() -> assertNothingFails(traffic, operator));
            during.ends();
            int pending = jms(operator).getInt("pending");
            String outage = log.since(logged);
            returns.happen();

            Pace after = new Pace(traffic);
            traffic.awaitMore(SOME);
            after.ends();
            Collection<Acknowledged> acknowledged = traffic.stop();
            long stopped = System.nanoTime();
            await().atMost(SOON).until(() -> jms(operator).getInt("pending") == 0);
            Duration caughtUp = Duration.ofNanos(System.nanoTime() - stopped);
            assertNothingFails(traffic, operator);
            Reckoning reckoning = Reckoning.of(acknowledged, broker.receiveAll());
            System.out.printf(
                    "%s and away for %s; %s; a second: before %s, during %s, after %s; pending at its"
                            + " return %s, none %s ms after the last delivery; at the subscriber: %s%n",
                    event, OUTAGE, traffic, before, during, after, pending, caughtUp.toMillis(), reckoning);
            System.out.printf(
                    "%s: log of the outage %s lines, %s bytes%n",
                    event, outage.lines().count(), outage.length());
            assertThat(outage.lines().filter(line -> line.contains("onsumer jms")))
                    .as("one line for a change of state, none for a try")
                    .hasSizeLessThanOrEqualTo(1 + (int) OUTAGE.toMinutes());
            assertThat(outage).as("a try that failed, which mxhooks says").doesNotContain("IJ000604");
            assertThat(pending).isPositive();
            assertThat(reckoning.absent()).isZero();
            assertThat(reckoning.outOfOrder()).isZero();
        }
    }

    private static void assertNothingFails(Traffic traffic, Operator operator) {
        assertThat(traffic.failed()).isZero();
        JsonObject jms = jms(operator);
        assertThat(jms.getInt("parked")).isZero();
        assertThat(jms.getInt("dead")).isZero();
    }

    /** What the consumer that publishes has before it. */
    static JsonObject jms(Operator operator) {
        return Json.createReader(new StringReader(operator.consumers().text()))
                .readArray()
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(consumer -> consumer.getString("name").equals("jms"))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("mxhooks.home", scratch.resolve("home").toString());
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", PASSWORD);
        return settings;
    }

    /** How many deliveries are acknowledged each second of a while. */
    private static final class Pace {
        private final Traffic traffic;
        private final long began = System.nanoTime();
        private final int first;
        private double perSecond;

        Pace(Traffic traffic) {
            this.traffic = traffic;
            first = traffic.acknowledged();
        }

        void ends() {
            perSecond = (traffic.acknowledged() - first) / ((System.nanoTime() - began) / 1e9);
        }

        @Override
        public String toString() {
            return String.valueOf(Math.round(perSecond));
        }
    }
}
