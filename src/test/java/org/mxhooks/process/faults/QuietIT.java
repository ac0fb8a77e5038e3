package org.mxhooks.process.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.companion.Failing;
import org.mxhooks.companion.Notes;
import org.mxhooks.journey.Answer;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Companion;
import org.mxhooks.journey.Operator;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.Broker;
import org.mxhooks.process.harness.Closing;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Postgres;
import org.mxhooks.process.harness.Starting;

/**
 * What a minute without traffic makes of a running node: freed space in a database's file that is written over from
 * then on, idle connections that the other side has closed, leases that were renewed many times. All servers share the
 * minute.
 */
@Tag("process")
class QuietIT {

    private static final String SECRET = "of-the-portal";
    private static final String PASSWORD = "of-the-operator";
    private static final Duration QUIET = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(180);

    /** The same time of the day in Amsterdam. */
    private static final Instant BEFORE_THE_CLOCK_IS_SET_BACK = Instant.parse("2025-10-26T00:30:00.500Z");

    private static final Instant AFTER_IT = Instant.parse("2025-10-26T01:30:00.500Z");

    @TempDir
    private static Path data;

    private static Postgres postgres;
    private static Broker broker;
    private static PayaraMicro embedded;
    private static PayaraMicro clustered;
    private static String old;
    private static String failing;
    private static long quietSince;

    @BeforeAll
    static void beginTheQuietMinute() throws Exception {
        postgres = new Postgres(data.resolve("postgres"));
        broker = new Broker(data.resolve("broker"));
        postgres.start();
        broker.start();
        Starting.together(() -> embedded = startEmbedded(), () -> clustered = startClustered());
        accept(embedded, story(1));
        old = accept(clustered, story(1));
        executeInPostgres("update mxhooks.delivery set received_at = received_at - interval '60' day");
        failing = accept(clustered, story(7).named("throws"));
        quietSince = System.nanoTime();
    }

    @AfterAll
    static void stop() throws Exception {
        Closing.all(embedded, clustered, broker, postgres);
    }

    @Test
    void theEmbeddedDatabaseHasAfterAKillWhatItAcknowledged() {
        awaitQuiet();
        String delivery = accept(embedded, story(2));

        embedded.killNine();
        embedded = startEmbedded();

        assertKept(embedded, story(2), delivery);
        assertThat(new Operator(embedded.application(), PASSWORD).story(2).text())
                .contains(AFTER_IT.toString());
    }

    @Test
    void connectionsThatTheOtherSideClosedAreOpenedAnew() throws Exception {
        awaitQuiet();
        cutConnectionsToPostgres();
        broker.killNine();
        broker.start();
        String delivery = accept(clustered, story(2));
        await().atMost(SOON)
                .until(() -> broker.receiveAll().stream()
                        .anyMatch(entry -> entry.delivery().equals(UUID.fromString(delivery))));

        clustered.killNine();
        clustered = startClustered();

        assertKept(clustered, story(2), delivery);
        accept(clustered, story(3));
    }

    /** That is 30 days here, not the default of 90; housekeeping looks once a minute. */
    @Test
    void aBodyIsRemovedAfterTheRetentionThatIsSet() {
        Operator operator = new Operator(clustered.application(), PASSWORD);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(operator.delivery(old).text()).doesNotContain("\"body\":"));
        assertThat(operator.delivery(failing).text()).contains("\"body\":");
    }

    /** That is 5 s here, not the default of three days. */
    @Test
    void anEventIsADeadLetterAfterTheTimeForRetriesThatIsSet() {
        Operator operator = new Operator(clustered.application(), PASSWORD);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(operator.delivery(failing).text())
                        .contains("\"consumer\":\"throws\",\"state\":\"dead\""));
    }

    private static void awaitQuiet() {
        await().atMost(QUIET.multipliedBy(2)).until(() -> System.nanoTime() - quietSince > QUIET.toNanos());
    }

    private static Body story(long story) {
        return Body.of("story-updated.json")
                .story(story)
                .named(String.valueOf(story))
                .updatedAt(story == 1 ? BEFORE_THE_CLOCK_IS_SET_BACK : AFTER_IT);
    }

    private static String accept(PayaraMicro server, Body body) {
        Portal portal = portal(server);
        Answer answer = await().atMost(SOON).until(() -> portal.sends(body), Answer::isAcknowledged);
        awaitMirrored(server, answer.delivery());
        return answer.delivery();
    }

    private static void awaitMirrored(PayaraMicro server, String delivery) {
        Operator operator = new Operator(server.application(), PASSWORD);
        await().atMost(SOON)
                .until(
                        () -> operator.delivery(delivery).text(),
                        text -> text.contains("\"consumer\":\"mirror\",\"state\":\"done\""));
    }

    private static void assertKept(PayaraMicro server, Body body, String delivery) {
        Portal portal = portal(server);
        Answer again = await().atMost(SOON).until(() -> portal.sends(body), Answer::isAcknowledged);
        assertThat(again.receipt()).isEqualTo("duplicate");
        assertThat(again.delivery()).isEqualTo(delivery);
        awaitMirrored(server, delivery);
    }

    private static Portal portal(PayaraMicro server) {
        return new Portal(server.application(), "default", SECRET);
    }

    private static PayaraMicro startEmbedded() {
        Map<String, String> settings = settings();
        settings.put("mxhooks.home", data.resolve("home").toString());
        settings.put("user.timezone", "Europe/Amsterdam");
        return PayaraMicro.start(settings);
    }

    private static PayaraMicro startClustered() throws Exception {
        Map<String, String> settings = settings();
        settings.putAll(postgres.settings());
        settings.putAll(broker.settings());
        settings.put("mxhooks.retention", "P30D");
        settings.put("mxhooks.retry.for", "PT5S");
        settings.put("companion.notes", data.resolve("notes").toString());
        Path war = Companion.writeWarWith(data, Notes.class, Failing.class);
        return PayaraMicro.with(settings).war(war).postBoot(Broker.ADAPTER).start();
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", PASSWORD);
        return settings;
    }

    private static void cutConnectionsToPostgres() throws SQLException {
        executeInPostgres("select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                + " where application_name like 'mxhooks:%'");
    }

    private static void executeInPostgres(String sql) throws SQLException {
        Map<String, String> settings = postgres.settings();
        try (Connection connection = DriverManager.getConnection(
                        settings.get("mxhooks.database.url"), settings.get("mxhooks.database.user"), null);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
