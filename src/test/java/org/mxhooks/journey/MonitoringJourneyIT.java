package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mxhooks.ProjectsHeaders.WEBHOOKS_VERSION_EXPIRY;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mxhooks.monitoring.Exposition;

@ExtendWith(ArquillianExtension.class)
@Tag("journey")
class MonitoringJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @ArquillianResource
    private URI application;

    private Portal portal;
    private Operator operator;

    @Deployment(testable = false)
    static WebArchive mxhooks() {
        return Companion.war();
    }

    @BeforeEach
    void meet() {
        portal = new Portal(application, "default", System.getProperty("portal.secret"));
        operator = new Operator(application, System.getProperty("operator.password"));
        await().atMost(SOON).until(() -> get("health/ready").status() == 200);
    }

    @Test
    void tellsEverybodyHowItFares() {
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
    void tellsUsersWhatHappened() {
        assertThat(get("metrics").status()).isEqualTo(401);
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

    /** Its timer goes off once a minute. */
    @Test
    void warnsInTheLogBeforeTheVersionEnds() {
        Path log = Path.of(System.getProperty("server.log"));
        String soon = LocalDate.now(ZoneOffset.UTC).plusDays(10).toString();

        sends("of an old version", soon);

        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(Files.readString(log))
                        .contains("Version 1 of the webhooks at endpoint default ends on " + soon + "T00:00:00Z"));
    }

    @Test
    void isReadInTheFormatOfPrometheusToo() {
        Answer answer = operator.metrics("text/plain;version=0.0.4");

        assertThat(answer.contentType()).isEqualToIgnoringWhitespace("text/plain;version=0.0.4;charset=utf-8");
        assertThat(Exposition.prometheus(answer.text()).types()).containsKey("mxhooks_accepted_total");
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
        return HttpRequest.newBuilder(application.resolve(path));
    }
}
