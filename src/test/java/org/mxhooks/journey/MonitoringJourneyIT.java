package org.mxhooks.journey;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mxhooks.ProjectsHeaders.WEBHOOKS_VERSION_EXPIRY;

import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mxhooks.MonitoringFiles;
import org.mxhooks.Promtool;
import org.mxhooks.monitoring.Exposition;

@ExtendWith(JourneyServer.class)
@Tag("journey")
class MonitoringJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private Portal portal;
    private Operator operator;

    @BeforeEach
    void meet() {
        portal = JourneyServer.portal();
        operator = JourneyServer.operator();
        await().atMost(SOON).until(() -> get("health/ready").status() == 200);
    }

    @Test
    void reportsHealthToEverybody() {
        assertThat(get("health/live").text()).isEqualTo("{\"status\":\"UP\",\"checks\":[]}");
        assertThat(get("health/ready").contentType()).startsWith("application/json");
        assertThat(get("health/ready").text()).startsWith("{\"status\":\"UP\",\"checks\":[{\"name\":\"database\"");
        assertThat(get("health/nowhere").isProblem()).isTrue();
    }

    @Test
    void answersWhateverIsAccepted() {
        assertThat(Answer.to(request("health/live").header("Accept", ";;;").build())
                        .status())
                .isEqualTo(200);
        assertThat(Answer.to(request("metrics").header("Accept", ";;;").build()).status())
                .isEqualTo(401);
    }

    @Test
    void exposesMetricsToUsersOnly() {
        assertThat(get("metrics").status()).isEqualTo(401);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(metrics().value("mxhooks_consumer_pending{consumer=\"mirror\"}"))
                        .isZero());
        double accepted = metrics().value("mxhooks_accepted_total{endpoint=\"default\"}");
        double done = metrics().value("mxhooks_consumer_outcomes_total{consumer=\"mirror\",outcome=\"done\"}");

        sends("counted", "2999-01-31");

        assertThat(metrics().value("mxhooks_accepted_total{endpoint=\"default\"}"))
                .isEqualTo(accepted + 1);
        await().atMost(SOON).untilAsserted(() -> {
            Exposition metrics = metrics();
            assertThat(metrics.value("mxhooks_consumer_outcomes_total{consumer=\"mirror\",outcome=\"done\"}"))
                    .isEqualTo(done + 1);
            assertThat(metrics.value("mxhooks_consumer_pending{consumer=\"mirror\"}"))
                    .isZero();
            assertThat(metrics.value("mxhooks_endpoint_version_expiry_seconds{endpoint=\"default\"}"))
                    .isPositive();
        });
    }

    @Test
    void isReadInTheFormatOfPrometheusToo() {
        Answer answer = operator.metrics("text/plain;version=0.0.4");

        assertThat(answer.contentType()).isEqualToIgnoringWhitespace("text/plain;version=0.0.4;charset=utf-8");
        assertThat(Exposition.prometheus(answer.text()).types()).containsKey("mxhooks_accepted_total");
    }

    @Test
    void exposesWhateverTheRulesAndTheDashboardName() {
        sends("of a version that ends", "2999-01-31");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                metrics().samples().keySet().stream().map(sample -> sample.replaceFirst("\\{.*", "")))
                        .containsAll(MonitoringFiles.metrics()));
    }

    /** Apart from two of Micrometer's own names, which Prometheus finds unusual. */
    @Test
    @EnabledIf(value = "org.mxhooks.Promtool#isInstalled", disabledReason = "promtool is not installed")
    void exposesWhatPrometheusTakes() throws Exception {
        String exposed = operator.metrics("text/plain;version=0.0.4")
                .text()
                .lines()
                .filter(line -> !line.matches("(# \\S+ )?(process_cpu_time_ns_total|system_cpu_count) .*"))
                .collect(joining("\n", "", "\n"));

        assertThat(Promtool.run(exposed, "check", "metrics")).isEmpty();
    }

    private void sends(String name, String expiry) {
        Body story = Body.of("story-updated.json").story(4242).named(name);
        HttpRequest.Builder request = portal.signed(story).header(WEBHOOKS_VERSION_EXPIRY, expiry);
        assertThat(Answer.to(request.build()).status()).isEqualTo(202);
    }

    private Exposition metrics() {
        Answer answer = operator.metrics("application/openmetrics-text; version=1.0.0");
        assertThat(answer.contentType())
                .isEqualToIgnoringWhitespace("application/openmetrics-text;version=1.0.0;charset=utf-8");
        return Exposition.openMetrics(answer.text());
    }

    private Answer get(String path) {
        return Answer.to(request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(JourneyServer.application().resolve(path));
    }
}
