package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pushes, packages and alerts: accepted, mirrored, on the topic, and observed by their types and qualifiers. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class DeploymentsJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SECRET = System.getProperty("deployments.secret");
    private static final String APP = "apps/6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77/";

    private final Notebook notebook = Notebook.ofServer();
    private Operator operator;

    @BeforeEach
    void meet() {
        operator = JourneyServer.operator();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(operator.consumers().text()).contains("mirror", "jms", "pushes", "critical"));
    }

    @Test
    void aPushIsMirroredPublishedAndObserved() throws IOException {
        String delivery = sends(Body.of("teamserver-push.json")).delivery();

        assertThat(noted(delivery, "pushes")).containsExactly("main 1");
        JsonObject message = json(noted(delivery, "subscriber").get(0));
        assertThat(message.getString("category")).isEqualTo("teamserver.push");
        assertThat(message.getString("JMSXGroupID")).isEqualTo("branch main 6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77");
        JsonObject push = mirrored(APP + "pushes/" + delivery);
        assertThat(push.getJsonArray("commits").getJsonObject(0).getString("message"))
                .isEqualTo("Delivery date on order page");
        assertThat(operator.asks(APP + "pushes?story=OD-42&branch=main").text()).contains(delivery);
    }

    @Test
    void anUploadIsMirroredPublishedAndObserved() throws IOException {
        String delivery = sends(Body.of("package-uploaded.json")).delivery();

        assertThat(noted(delivery, "packages")).containsExactly("main-1.4.0.9c1185a5.mda");
        assertThat(json(noted(delivery, "subscriber").get(0)).getString("action"))
                .isEqualTo("uploaded");
        assertThat(mirrored(APP + "packages/" + delivery).getString("runtimeVersion"))
                .isEqualTo("10.18.0.5000");
    }

    @Test
    void aRecoveryEndsAnAlertAndALateAlertDoesNotOpenItAgain() throws IOException {
        Instant begin = Instant.parse("2026-03-02T11:00:00Z");
        String critical = sends(alert("Critical", begin)).delivery();
        assertThat(noted(critical, "critical")).containsExactly("of journeys");
        assertThat(json(noted(critical, "subscriber").get(0)).getString("action"))
                .isEqualTo("critical");
        String service = await().atMost(SOON)
                .until(() -> operator.asks("apps/order-desk/alerts?open=true").text(), text -> text.contains(critical))
                .replaceFirst("(?s).*\"serviceId\":\"([^\"]*)\"[^}]*\"delivery\":\"" + critical + "\".*", "$1");

        String recovery = sends(alert("Recovery", begin.plusSeconds(60))).delivery();
        String late = sends(alert("Critical", begin.plusSeconds(30))).delivery();

        assertThat(noted(recovery, "recovery")).hasSize(1);
        assertThat(noted(late, "critical")).hasSize(1);
        await().atMost(SOON)
                .until(() -> Progress.of(operator.delivery(late), "mirror").state(), "done"::equals);
        assertThat(mirrored("apps/order-desk/alerts/" + service).getBoolean("open"))
                .isFalse();
        assertThat(mirrored("apps/order-desk/alerts/" + service + "?at=2026-03-02T11:00:45Z")
                        .getString("delivery"))
                .isEqualTo(late);
    }

    @Test
    void aTestOfThePortalsIsAnUnknownEvent() throws IOException {
        Answer answer = sends(new Body("{\"type\":\"test\"}"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(noted(answer.delivery(), "unknown")).containsExactly("unknown");
    }

    @Test
    void anAlertWithoutSeverityHasARemark() {
        Answer answer = sends(new Body("{\"service\":\"s\",\"environment_id\":\"e\"}"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(operator.delivery(answer.delivery()).text())
                .contains("not mirrored: the body has no usable severity", "\"category\":\"alerts\"");
    }

    @Test
    void aPushOfThousandsOfCommitsAndOfALongMessageIsMirrored() throws IOException {
        StringBuilder commits = new StringBuilder("{\"message\":\"%s\"}".formatted("x".repeat(500_000)));
        IntStream.range(0, 2_000)
                .forEach(
                        i -> commits.append(",{\"id\":\"%s\",\"relatedStories\":[{\"id\":\"S-%s\"}]}".formatted(i, i)));
        Body push = new Body(
                "{\"eventType\":\"teamserver.push\",\"projectId\":\"of long pushes\",\"branchName\":\"main\",\"commits\":[%s]}"
                        .formatted(commits));

        String delivery = sends(push).delivery();

        assertThat(noted(delivery, "pushes")).containsExactly("main 2001");
        assertThat(mirrored("apps/of%20long%20pushes/pushes/" + delivery).getJsonArray("commits"))
                .hasSize(2_001);
        assertThat(operator.asks("apps/of%20long%20pushes/pushes?story=S-999").text())
                .contains(delivery);
    }

    private static Body alert(String severity, Instant at) {
        return Body.of("alert.json")
                .with("/severity", Json.createValue(severity))
                .with("/service", Json.createValue("of journeys"))
                .with("/timestamp", Json.createValue(at.toString()));
    }

    private static Answer sends(Body body) {
        return new DeploymentPortal(JourneyServer.application(), "deployments", SECRET).sends(body);
    }

    private List<String> noted(String delivery, String consumer) throws IOException {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(notebook.lines(delivery, consumer)).isNotEmpty());
        return notebook.lines(delivery, consumer);
    }

    private JsonObject mirrored(String resource) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(operator.asks(resource).status()).isEqualTo(200));
        return json(operator.asks(resource).text());
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }
}
