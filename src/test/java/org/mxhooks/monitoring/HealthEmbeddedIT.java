package org.mxhooks.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.Answer;

@Tag("persistence")
class HealthEmbeddedIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    private Monitored monitored;

    @BeforeEach
    void open() throws Exception {
        monitored = new Monitored(home, new HealthApplication());
    }

    @AfterEach
    void close() {
        monitored.close();
    }

    @Test
    void isLiveAlsoWithoutADatabase() {
        Answer answer = get("live");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\",\"checks\":[]}");
    }

    @Test
    void isReadyOnceEverythingRuns() {
        monitored.start();

        awaitStatuses("UP", "UP", "UP");
        assertThat(get("ready").body())
                .isEqualTo("{\"status\":\"UP\",\"checks\":[{\"name\":\"database\",\"status\":\"UP\"},"
                        + "{\"name\":\"inbox\",\"status\":\"UP\"},{\"name\":\"dispatch\",\"status\":\"UP\"}]}");
    }

    @Test
    void isNotReadyBeforeTheSchemaIsThere() {
        Answer answer = get("ready");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().getString("status")).isEqualTo("DOWN");
        assertThat(statuses(answer))
                .containsOnlyKeys("database", "inbox", "dispatch")
                .containsValue("DOWN");
        assertThat(statuses(answer)).doesNotContainValue("UP");
    }

    @Test
    void reportsThatOnlyTheInboxIsDown() {
        monitored.start();
        awaitStatuses("UP", "UP", "UP");

        monitored.inbox.close();

        awaitStatuses("UP", "DOWN", "UP");
    }

    @Test
    void reportsThatOnlyDispatchIsDown() {
        monitored.start();
        awaitStatuses("UP", "UP", "UP");

        monitored.node.close();

        awaitStatuses("UP", "UP", "DOWN");
    }

    @Test
    void doesNotHangWithTheWriterAndIsReadyAgainByItself() throws Exception {
        monitored.start();
        awaitStatuses("UP", "UP", "UP");

        try (Connection blocker = monitored.database.database().connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("select id from mxhooks.log_head for update");
            awaitStatuses("UP", "DOWN", "UP");
            blocker.rollback();
        }

        awaitStatuses("UP", "UP", "UP");
    }

    @Test
    void doesNotHangWithTheDatabaseAndIsReadyAgainByItself() throws Exception {
        monitored.start();
        awaitStatuses("UP", "UP", "UP");

        try (Connection blocker = monitored.database.database().connect();
                Statement statement = blocker.createStatement()) {
            statement.execute("set exclusive 1");
            try {
                awaitStatuses("DOWN", "DOWN", "DOWN");
            } finally {
                statement.execute("set exclusive 0");
            }
        }

        awaitStatuses("UP", "UP", "UP");
    }

    @Test
    void revealsNothingOfTheDatabaseToAnonymousClients() {
        assertThat(get("ready").body())
                .doesNotContainIgnoringCase("jdbc", "h2", home.toString(), "exception", "sql", "mxhooks.");
    }

    @Test
    void asksForNoUserAndNothingElseIsThere() {
        assertThat(monitored
                        .request("GET", "health/live")
                        .header("Authorization", "nonsense")
                        .send()
                        .status())
                .isEqualTo(200);
        List.of("health", "health/", "health/other", "health/ready/x")
                .forEach(path -> monitored.request("GET", path).send().isProblem(404));
        monitored.request("POST", "health/ready").declaring(0).send().isProblem(405);
    }

    private Answer get(String path) {
        return monitored.request("GET", "health/" + path).send();
    }

    private void awaitStatuses(String database, String inbox, String dispatch) {
        Map<String, String> expected = Map.of("database", database, "inbox", inbox, "dispatch", dispatch);
        await().atMost(SOON).untilAsserted(() -> {
            Answer answer = get("ready");
            assertThat(statuses(answer)).isEqualTo(expected);
            assertThat(answer.status()).isEqualTo(expected.containsValue("DOWN") ? 503 : 200);
        });
    }

    private static Map<String, String> statuses(Answer answer) {
        return answer.json().getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .collect(Collectors.toMap(check -> check.getString("name"), check -> check.getString("status")));
    }
}
