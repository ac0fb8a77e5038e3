package org.mxhooks.process.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Operator;
import org.mxhooks.journey.Portal;
import org.mxhooks.monitoring.Exposition;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Postgres;

@Tag("process")
class DatabaseOutageIT {

    private static final String SECRET = "of-the-portal";
    private static final String PASSWORD = "of-the-operator";
    private static final Duration SOON = Duration.ofSeconds(180);

    @TempDir
    Path data;

    @Test
    void isAnswered503AndHealsByItself() throws Exception {
        try (Postgres postgres = new Postgres(data.resolve("postgres"));
                PayaraMicro server = PayaraMicro.start(settings(postgres))) {
            Portal portal = new Portal(server.application(), "default", SECRET);
            Operator operator = new Operator(server.application(), PASSWORD);
            assertUnavailable(portal, operator);
            awaitReady(operator, 503);

            postgres.start();
            assertAccepts(portal, operator, 1);
            awaitReady(operator, 200);

            postgres.stop();
            assertUnavailable(portal, operator);
            awaitReady(operator, 503);
            // each part looks for itself, at a moment of its own
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(operator.ready().text())
                            .contains("{\"name\":\"database\",\"status\":\"DOWN\"")
                            .doesNotContainIgnoringCase("jdbc", "postgres", "refused"));
            assertThat(Exposition.openMetrics(operator.metrics("application/openmetrics-text")
                                    .text())
                            .types())
                    .containsKey("mxhooks_accepted")
                    .doesNotContainKey("mxhooks_consumer_pending");

            postgres.start();
            awaitReady(operator, 200);
            assertAccepts(portal, operator, 2);
            assertThat(operator.story(1).status()).isEqualTo(200);
        }
    }

    private static Map<String, String> settings(Postgres postgres) {
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", PASSWORD);
        return settings;
    }

    private static void assertUnavailable(Portal portal, Operator operator) {
        assertThat(portal.sends(Body.of("story-updated.json"))).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.isProblem()).isTrue();
        });
        assertThat(operator.story(1)).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.isProblem()).isTrue();
        });
    }

    private static void awaitReady(Operator operator, int status) {
        await().atMost(SOON).until(() -> operator.ready().status() == status);
    }

    private static void assertAccepts(Portal portal, Operator operator, long story) {
        Body body = Body.of("story-updated.json").story(story);
        await().atMost(SOON).until(() -> portal.sends(body).isAcknowledged());
        await().atMost(SOON).until(() -> operator.story(story).status() == 200);
    }
}
