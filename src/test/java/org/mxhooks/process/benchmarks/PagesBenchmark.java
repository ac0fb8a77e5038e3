package org.mxhooks.process.benchmarks;

import static java.net.http.HttpResponse.BodyHandlers.ofByteArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.journey.ConsoleSession;
import org.mxhooks.journey.Operator;
import org.mxhooks.mirror.FilledMirror;
import org.mxhooks.operations.LargeLog;
import org.mxhooks.process.harness.Closing;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Postgres;

/**
 * How long a browser waits for each page of the console, on Payara Micro and PostgreSQL with a million deliveries, ten
 * thousand dead letters, 50 consumers beside those of 200 subscriptions, and 100,000 stories. Twice: where nobody else
 * looks, so that all is read from the database; and as an update, with what is read at most once a second for all
 * browsers.
 */
@Tag("benchmark")
class PagesBenchmark {

    private static final String PASSWORD = "of-the-operator";
    private static final int DELIVERIES = Integer.getInteger("deliveries", 1_000_000);
    private static final int STORIES = Integer.getInteger("stories", 100_000);
    private static final int ROUNDS = Integer.getInteger("pages.rounds", 30);
    private static final int WARM_UP = 10;
    private static final int SUBSCRIPTIONS = 200;
    private static final Instant BEGIN =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(DELIVERIES);

    private static final List<String> ROWS = List.of("""
            insert into mxhooks.refused_request (refused_at, endpoint, reason, address, network, requests, why, size, headers, body)
            select now(), 'default', 'signature_invalid', '203.0.113.' || n % 50, '203.0.113.' || n % 50 || '/32', 3,
                'The signature is that of another body.', 1000, repeat('Header: value' || chr(10), 20), convert_to(repeat('x', 1000), 'UTF8')
            from generate_series(1, 1000) as n""", """
            insert into mxhooks.work_order (id, kind, ordered_by, ordered_at, waits_since, ended_at, state, details, progress,
                total, done)
            select gen_random_uuid(), 'replay-dead', 'admin', now() - n * interval '1 minute', now(), now(), 'done',
                '{"consumer":"consumer-1"}', '', 10000, 10000 from generate_series(1, 200) as n""", """
            insert into mxhooks.activity (since, node, duplicates, refused, done, failed, dead)
            select date_trunc('minute', now()) - n * interval '1 minute', gen_random_uuid(), n, 1, 1000, 2, 1
            from generate_series(0, 2879) as n""");

    private static final String ATTEMPTS = """
            insert into mxhooks.relay_attempt (subscription, delivery, position, started_at, duration_ms, status, response_excerpt)
            select s.id, d.delivery, d.position, now(), 20, case when d.position % 10 = 0 then 500 else 200 end, repeat('answer ', 50)
            from mxhooks.subscription s, mxhooks.delivery d where d.position > (select max(position) - 500 from mxhooks.delivery)""";

    @TempDir
    Path scratch;

    private final HttpClient http = HttpClient.newHttpClient();
    private Postgres postgres;
    private PayaraMicro server;
    private ConsoleSession session;

    @BeforeEach
    void start() throws Exception {
        postgres = new Postgres(scratch.resolve("postgres"), Map.of("max_wal_size", "4GB"));
        postgres.start();
        startServer();
        server.close(); // the tables are there
        try (Connection connection = postgres.connect()) {
            new LargeLog(DELIVERIES, 50, DELIVERIES / 50, BEGIN).fill(connection);
            new FilledMirror(STORIES).write(connection);
            for (String rows : ROWS) {
                execute(connection, rows);
            }
            execute(
                    connection,
                    "update mxhooks.lane set cursor = " + DELIVERIES + " where consumer not like 'consumer-%'");
        }
        startServer();
        subscribe();
        session = new ConsoleSession(server.application(), "admin", PASSWORD);
    }

    private void startServer() {
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.put("mxhooks.endpoint.default.secret", "of-the-portal");
        settings.put("mxhooks.operator.password", PASSWORD);
        settings.put("mxhooks.relay.key", "the key of this benchmark");
        settings.put("mxhooks.relay.allow", "127.0.0.1");
        server = PayaraMicro.start(settings);
    }

    private void subscribe() throws SQLException {
        Operator operator = new Operator(server.application(), PASSWORD);
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            assertThat(operator.changes(
                                    "POST",
                                    "subscriptions",
                                    "{\"name\":\"subscriber %s\",\"url\":\"https://127.0.0.1:9/hooks\",\"events\":[\"stories\"]}"
                                            .formatted(i))
                            .status())
                    .isEqualTo(201);
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() -> operator.consumers().text().split("\"deployed\":true", -1).length > SUBSCRIPTIONS);
        try (Connection connection = postgres.connect()) {
            execute(connection, ATTEMPTS);
            execute(connection, "vacuum analyze");
        }
    }

    @AfterEach
    void stop() throws Exception {
        Closing.all(server, postgres);
    }

    @Test
    void showsEachPage() throws Exception {
        System.out.println(
                "| page | p50 | p99 | update p50 | update p99 | kB |\n| --- | --- | --- | --- | --- | --- |");
        List<String> pages = pages();
        for (String page : pages) {
            for (int i = 0; i < WARM_UP; i++) {
                lookAlone(page, -i);
            }
        }
        for (String page : pages) {
            double[] alone = new double[ROUNDS];
            double[] updates = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                alone[i] = lookAlone(page, i);
            }
            for (int i = 0; i < ROUNDS; i++) {
                updates[i] = look(page, true);
            }
            System.out.printf(
                    "| %s | %s | %s | %.0f |%n",
                    page, percentiles(alone), percentiles(updates), body(page, false).length / 1024.0);
        }
    }

    private List<String> pages() throws SQLException {
        String dead = first(
                "select d.delivery from mxhooks.delivery d join mxhooks.parked p on p.position = d.position where p.dead limit 1");
        String newest = first("select delivery from mxhooks.delivery where position = " + DELIVERIES);
        String subscription = first("select id from mxhooks.subscription order by name limit 1");
        String push = first("select delivery from mxhooks.push where app_id = 'app' limit 1");
        String app = "app=" + FilledMirror.APP;
        return List.of(
                "overview",
                "overview?range=day",
                "deliveries",
                "deliveries?before=" + DELIVERIES / 2,
                "deliveries?endpoint=other",
                "deliveries?category=sprints",
                "deliveries?portalId=portal+1",
                "deliveries?appId=app&resourceId=4711",
                "deliveries?text=none+has+this",
                "deliveries?state=dead",
                "deliveries?state=parked",
                "deliveries?state=pending",
                "deliveries?state=done",
                "deliveries?state=discarded",
                "deliveries?from=" + BEGIN.plusSeconds(1000) + "&to=" + BEGIN.plusSeconds(5000),
                "delivery?id=" + dead,
                "delivery?id=" + newest,
                "dead-letters",
                "dead-letters?consumer=consumer-1",
                "dead-letters?consumer=consumer-1&reason=why+1",
                "orders",
                "repair?order=replay-dead",
                "repair?order=discard-dead&consumer=consumer-1",
                "repair?order=replay-period&consumer=consumer-1&from=" + BEGIN,
                "consumers",
                "endpoints",
                "doctor?endpoint=default",
                "refused",
                "refused?endpoint=default&reason=signature_invalid",
                "subscriptions",
                "subscriptions?id=" + subscription,
                "subscription",
                "subscription?subscription=" + subscription,
                "subscription-secret?subscription=" + subscription,
                "confirm?change=retire&consumer=consumer-1",
                "stories",
                "stories?" + app,
                "stories?view=list&" + app,
                "stories?sprint=10&" + app,
                "stories?at=2026-01-05T00:00:00Z&" + app,
                "story?id=10&" + app,
                "sprints?" + app,
                "sprint?id=10&" + app,
                "pushes",
                "pushes?story=10&" + app,
                "push?" + app + "&id=" + push,
                "packages",
                "packages?" + app,
                "alerts",
                "alerts?" + app,
                "privacy");
    }

    /** Where what was read for all browsers has to be read again. */
    private double lookAlone(String page, int round) throws IOException, InterruptedException {
        session.post("change", Map.of("change", "none"));
        return look(page + (page.contains("?") ? "&" : "?") + "look=" + round, false);
    }

    /** Returns the milliseconds. */
    private double look(String page, boolean update) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        body(page, update);
        return (System.nanoTime() - begin) / 1e6;
    }

    private byte[] body(String page, boolean update) throws IOException, InterruptedException {
        HttpRequest.Builder request = session.request(page);
        if (update) {
            request.header("HX-Request", "true");
        }
        HttpResponse<byte[]> answer = http.send(request.build(), ofByteArray());
        assertThat(answer.statusCode()).as(page).isEqualTo(200);
        return answer.body();
    }

    private static String percentiles(double[] millis) {
        Arrays.sort(millis);
        return "%.0f ms | %.0f ms".formatted(millis[millis.length / 2], millis[millis.length * 99 / 100]);
    }

    private String first(String query) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).as(query).isTrue();
            return row.getString(1);
        }
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement work = connection.createStatement()) {
            work.execute(statement);
        }
    }
}
