package org.mxhooks.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.Answer;
import org.mxhooks.RawRequest;
import org.mxhooks.inbox.Arrivals;

class MetricsTest {

    private static final String OF_THE_OPERATOR =
            "Basic " + Base64.getEncoder().encodeToString("admin:of-the-operator".getBytes(UTF_8));

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    private Monitored monitored;

    @BeforeEach
    void open() throws Exception {
        monitored = new Monitored(home, new MetricsApplication());
    }

    @AfterEach
    void close() {
        monitored.close();
    }

    @Test
    void areForUsersOnly() {
        monitored.request("GET", "metrics").send().isProblem(401);
    }

    @Test
    void areNothingButRead() {
        authorized("POST").declaring(0).send().isProblem(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*/*", "text/html", "text/plain;version=0.0.4"})
    void areExposedInTheFormatOfPrometheus(String accept) {
        Answer answer = authorized("GET").header("Accept", accept).send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        Exposition.prometheus(answer.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text",
                "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.4,*/*;q=0.2"
            })
    void areExposedAsOpenMetricsToClientsThatAcceptIt(String accept) {
        Answer answer = authorized("GET").header("Accept", accept).send();

        assertThat(answer.header("Content-Type"))
                .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        Exposition.openMetrics(answer.body());
    }

    @Test
    void haveTheJvmAndWhatNothingHappenedTo() {
        Exposition exposition = scrape();

        assertThat(exposition.types())
                .containsEntry("mxhooks_accepted", "counter")
                .containsEntry("mxhooks_duplicates", "counter")
                .containsEntry("mxhooks_refused", "counter")
                .containsEntry("mxhooks_answer_seconds", "histogram")
                .containsEntry("mxhooks_inbox_commit_seconds", "histogram")
                .containsEntry("mxhooks_inbox_commit_deliveries", "histogram")
                .containsEntry("mxhooks_inbox_waiting_deliveries", "gauge")
                .containsEntry("jvm_threads_live_threads", "gauge")
                .containsEntry("jvm_memory_used_bytes", "gauge")
                .containsEntry("jvm_gc_collection_seconds", "summary")
                .containsEntry("process_uptime_seconds", "gauge");
        assertThat(exposition.value("mxhooks_accepted_total{endpoint=\"default\"}"))
                .isZero();
        assertThat(exposition.value("mxhooks_refused_total{endpoint=\"default\",reason=\"signature_missing\"}"))
                .isZero();
    }

    @Test
    void showWhatTheDatabaseHasOfConsumersAndVersions() throws Exception {
        monitored.start();
        await().atMost(SOON).until(() -> monitored.node.engine().isRunning());
        aConsumerThatIsBehind("one");
        kept(1, "2020-01-31");

        Exposition exposition = scrape();

        assertThat(exposition.value("mxhooks_consumer_pending{consumer=\"one\"}"))
                .isOne();
        assertThat(exposition.value("mxhooks_consumer_oldest_pending_seconds{consumer=\"one\"}"))
                .isBetween(0.0, 60.0);
        assertThat(exposition.value("mxhooks_consumer_parked{consumer=\"one\"}"))
                .isZero();
        assertThat(exposition.value("mxhooks_consumer_replays{consumer=\"one\"}"))
                .isZero();
        assertThat(exposition.value("mxhooks_consumer_dead{consumer=\"one\"}")).isZero();
        assertThat(exposition.value("mxhooks_endpoint_version_expiry_seconds{endpoint=\"default\"}"))
                .isNegative();

        assertThat(exposition.value("mxhooks_alarms{kind=\"silent-endpoint\"}")).isZero();
        assertThat(exposition.value("mxhooks_undecodable")).isZero();
        monitored.execute("insert into mxhooks.alarm (kind, subject, raised_at, seen_at, problem, remedy, announced)"
                + " values ('new-field', 'one', current_timestamp, current_timestamp, 'It is.', 'See.', true)");
        monitored.execute(
                "insert into mxhooks.undecodable (position, reason) select position, 'no JSON' from mxhooks.delivery");

        kept(2, "2999-01-31");
        await().atMost(SOON).untilAsserted(() -> {
            Exposition later = scrape();
            assertThat(later.value("mxhooks_consumer_pending{consumer=\"one\"}"))
                    .isEqualTo(2);
            assertThat(later.value("mxhooks_endpoint_version_expiry_seconds{endpoint=\"default\"}"))
                    .isGreaterThan(365 * 24 * 60 * 60);
            assertThat(later.value("mxhooks_undecodable")).isOne();
            assertThat(later.value("mxhooks_alarms{kind=\"new-field\"}")).isOne();
        });
    }

    @Test
    void leaveOutWhatIsUnknownWhileTheDatabaseDoesNotAnswer() throws Exception {
        monitored.start();
        await().atMost(SOON).until(() -> monitored.node.engine().isRunning());
        aConsumerThatIsBehind("one");
        await().atMost(SOON).untilAsserted(() -> assertThat(scrape().types()).containsKey("mxhooks_consumer_pending"));

        try (Connection blocker = monitored.database.database().connect();
                Statement statement = blocker.createStatement()) {
            statement.execute("set exclusive 1");
            try {
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(scrape().types())
                                .containsKey("mxhooks_accepted")
                                .doesNotContainKeys("mxhooks_consumer_pending", "mxhooks_undecodable"));
            } finally {
                statement.execute("set exclusive 0");
            }
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(scrape().types()).containsKey("mxhooks_consumer_pending"));
    }

    private Exposition scrape() {
        Answer answer = authorized("GET")
                .header("Accept", "application/openmetrics-text; version=1.0.0")
                .send();
        assertThat(answer.status()).isEqualTo(200);
        return Exposition.openMetrics(answer.body());
    }

    private RawRequest authorized(String method) {
        return monitored.request(method, "metrics").header("Authorization", OF_THE_OPERATOR);
    }

    private void aConsumerThatIsBehind(String name) throws Exception {
        monitored.execute(
                "insert into mxhooks.consumer (name, registered_at) values ('%s', current_timestamp)".formatted(name));
        monitored.execute("""
                insert into mxhooks.lane (consumer, lane, cursor, token)
                select '%s', lanes.lane, 0, 0 from system_range(0, 31) as lanes (lane)""".formatted(name));
    }

    private void kept(long story, String expiry) {
        CompletableFuture<?> receipt = monitored
                .inbox
                .append(Arrivals.withHeaders(
                        Arrivals.story(story, "name"),
                        "{\"MxAPI-Webhooks-Version-Expiry\":[\"%s\"]}".formatted(expiry)))
                .toCompletableFuture();
        receipt.join();
    }
}
