package org.mxhooks.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.DeploymentPortal;
import org.mxhooks.journey.Operator;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.FarEnd;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Redeployable;
import org.mxhooks.process.harness.StartFailure;
import org.mxhooks.process.harness.WildFly;

/** The companions under {@code src/it}, as they were built there: what each does is seen at the far end. */
@Tag("process")
class CompanionsIT {

    private static final String SECRET = "of-the-portal";
    private static final String DEPLOYMENTS_SECRET = "whsec_b2YtdGhlLWRlcGxveW1lbnRzLXdlYmhvb2tz";
    private static final String PASSWORD = "of-the-operator";
    private static final Duration SOON = Duration.ofSeconds(180);
    private static final Path WAR = Path.of("target/it/war/target/mxhooks.war");
    private static final Path EAR = Path.of("target/it/ear/target/mxhooks.ear");
    private static final String BOARD = "board/6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77/88";
    private static final Body STORY = Body.of("story-updated.json");

    @TempDir
    Path scratch;

    private FarEnd farEnd;

    @BeforeEach
    void open() throws IOException {
        farEnd = new FarEnd();
    }

    @AfterEach
    void close() {
        farEnd.close();
    }

    @Test
    void inAWarOnPayaraMicro() throws Exception {
        try (PayaraMicro server = PayaraMicro.with(settings()).war(WAR).start()) {
            takeEffect(server.application());
            draw(server.application());
            triggerAndPage(server.application());
        }
    }

    @Test
    void inAWarOnWildFly() throws Exception {
        try (Redeployable server = new WildFly(scratch.resolve("wildfly"), settings())) {
            server.deploy(WAR);
            takeEffect(server.application());
            draw(server.application());
            triggerAndPage(server.application());
        }
    }

    /** Payara Micro takes no EAR at all, whatever is in it. */
    @Test
    void notInAnEarOnPayaraMicro() {
        PayaraMicro.Plan plan = PayaraMicro.with(settings()).war(EAR);

        assertThatThrownBy(plan::start)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(EAR + " is a not valid type of deployment archive");
    }

    @Test
    void inAnEarOnWildFly() throws Exception {
        try (Redeployable server = new WildFly(scratch.resolve("wildfly"), settings())) {
            server.deploy(EAR);
            takeEffect(server.application());
        }
    }

    private void takeEffect(URI application) {
        Portal portal = new Portal(application, "default", SECRET);
        Operator operator = new Operator(application, PASSWORD);
        soon().ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(() -> assertThat(operator.consumers().text())
                        .contains("slack-notifier", "jira-sync", "metrics-board"));

        portal.sends(STORY);
        portal.sends(STORY.with("/Story/Status", Json.createValue("Done"))
                .with("/Meta/UpdatedAt", Json.createValue("2026-03-02T10:00:00Z")));

        soon().untilAsserted(() ->
                assertThat(farEnd.requests("PUT /rest/api/3/issue/ORD-1 ")).hasSize(1));
        assertThat(farEnd.requests("POST /rest/api/3/issue "))
                .singleElement()
                .asString()
                .contains("\"key\":\"ORD\"", "\"mendix-story-4711-6f1d0b6e");
        assertThat(farEnd.requests("GET /rest/api/3/search/jql"))
                .as("the second time the issue is known")
                .hasSize(1);
        soon().untilAsserted(() -> assertThat(farEnd.requests("POST /services/"))
                .containsExactly("POST /services/T0/B0/x"
                        + " {\"text\":\"Done: Show the delivery date on the order page (#4711)\"}"));
    }

    /** By the command line, and then a late alert. */
    private void triggerAndPage(URI application) throws Exception {
        Operator operator = new Operator(application, PASSWORD);
        soon().ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(() -> assertThat(operator.consumers().text()).contains("ci-trigger", "incidents"));

        String push = send(application, "teamserver-push");
        String uploaded = send(application, "package-uploaded");
        send(application, "alert-critical");
        String recovery = send(application, "alert-recovery");
        String late = new DeploymentPortal(application, "deployments", DEPLOYMENTS_SECRET)
                .sends(Body.of("alert.json"))
                .delivery();
        soon().untilAsserted(() -> assertThat(farEnd.requests("POST /job/order-desk/buildWithParameters "))
                .hasSize(1));
        operator.replays(push, "ci-trigger");

        soon().untilAsserted(
                        () -> assertThat(farEnd.requests("GET /queue/api/json")).hasSizeGreaterThan(1));
        soon().untilAsserted(() -> assertThat(operator.delivery(late).text()).doesNotContain("\"pending\""));
        assertThat(farEnd.requests("POST /job/order-desk/buildWithParameters "))
                .singleElement()
                .asString()
                .contains("BRANCH=main", "MXHOOKS_DELIVERY=" + push);
        assertThat(farEnd.requests("POST /v2/enqueue "))
                .extracting(request -> request.replaceAll(".*\"event_action\":\"(\\w+)\".*", "$1"))
                .containsExactly("trigger", "resolve");
        assertThat(operator.mirrored("pushes")).contains(push, "\"commitCount\":1");
        assertThat(operator.mirrored("packages")).contains(uploaded, "main-1.4.0.9c1185a5.mda");
        assertThat(operator.alerts("order-desk"))
                .contains(recovery, "\"open\":false")
                .doesNotContain(late);
    }

    /** Sends a sample by the command line; returns the delivery. */
    private String send(URI application, String sample) throws Exception {
        Path secret = Files.writeString(scratch.resolve("deployments.secret"), DEPLOYMENTS_SECRET);
        Process send = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        "target/mxhooks-cli.jar",
                        "send",
                        sample,
                        "--url",
                        application.toString(),
                        "--endpoint",
                        "deployments",
                        "--secret-file",
                        secret.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(send.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(output).startsWith("202 accepted, delivery ");
        return output.substring(output.lastIndexOf(' ') + 1);
    }

    private void draw(URI application) throws IOException {
        LocalDate before = LocalDate.now(); // midnight may pass meanwhile
        soon().untilAsserted(() -> assertThat(get(application.resolve(BOARD + ".json")))
                .isIn(noneOpen(before), noneOpen(LocalDate.now())));
        assertThat(get(application.resolve(BOARD + ".svg"))).startsWith("<svg").contains("<circle");
    }

    private static String noneOpen(LocalDate day) {
        return "[{\"date\":\"%s\",\"open\":0}]".formatted(day);
    }

    private static String get(URI resource) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(resource).build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("mxhooks.home", scratch.resolve("home").toString());
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.endpoints", "default,deployments");
        settings.put("mxhooks.endpoint.deployments.scheme", "standard-webhooks");
        settings.put("mxhooks.endpoint.deployments.secret", DEPLOYMENTS_SECRET);
        settings.put("mxhooks.operator.password", PASSWORD);
        settings.put("slack.webhook", farEnd.url() + "/services/T0/B0/x");
        settings.put("jira.url", farEnd.url());
        settings.put("jira.user", "ada@example.com");
        settings.put("jira.token", "of-jira");
        settings.put("jira.project", "ORD");
        settings.put("ci.jenkins.url", farEnd.url());
        settings.put("ci.jenkins.job", "order-desk");
        settings.put("ci.jenkins.user", "ada");
        settings.put("ci.jenkins.token", "of-jenkins");
        settings.put("ci.incidents.url", farEnd.url() + "/v2/enqueue");
        settings.put("ci.incidents.key", "of-the-pager");
        return settings;
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON);
    }
}
