package com.example.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxhooks.testkit.Payload.payload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.testkit.Companion;
import org.mxhooks.testkit.Payload;

class CiTriggerTest {

    private static final Payload PUSH = payload("teamserver-push.json");
    private static final Payload CRITICAL = payload("alert-critical.json").with("timestamp", "2026-03-02T11:00:00Z");
    private static final Payload RECOVERY = payload("alert-recovery.json").with("timestamp", "2026-03-02T11:10:00Z");

    private final List<String> requests = new ArrayList<>();
    private final List<String> started = new ArrayList<>();
    private HttpServer server;
    private Companion companion;
    private int status = 201;
    private boolean breaksAfterTheCall;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        companion = Companion.of(
                Map.of(
                        "ci.jenkins.url", url,
                        "ci.jenkins.job", "order-desk",
                        "ci.jenkins.user", "ada",
                        "ci.jenkins.token", "t",
                        "ci.incidents.url", url + "/v2/enqueue",
                        "ci.incidents.key", "k"),
                CiTrigger.class,
                Incidents.class,
                IncidentTable.class,
                Jenkins.class,
                Pager.class,
                RemoteCalls.class);
    }

    @AfterEach
    void stop() {
        companion.close();
        server.stop(0);
    }

    @Test
    void startsTheJobForAPush() {
        companion.given(PUSH).when().delivered().then().done("ci-trigger");

        assertEquals(1, started.size());
        assertTrue(
                started.get(0)
                        .matches(
                                "BRANCH=main&COMMIT=9c1185a5c5e9fc54612808977ee8f548b2258d31&MXHOOKS_DELIVERY=[0-9a-f-]{36}"),
                started.get(0));
    }

    @Test
    void startsItOnceThoughTheAnswerIsLostAndThePushReplayed() {
        breaksAfterTheCall = true;
        var push = companion.given(PUSH).when().delivered();
        push.then().waiting("ci-trigger");

        breaksAfterTheCall = false;
        push.retried().then().done("ci-trigger");
        push.replayedTo("ci-trigger").then().done("ci-trigger");

        assertEquals(1, started.size());
    }

    @Test
    void startsItForEachPush() {
        companion
                .given(PUSH, PUSH.with("after", "1111111111111111111111111111111111111111"))
                .when()
                .delivered();

        assertEquals(2, started.size());
    }

    @Test
    void ignoresOtherBranchesAndDeletedOnes() {
        companion
                .given(
                        PUSH.with("branchName", "feature/x"),
                        PUSH.without("branchName"),
                        PUSH.with("after", "0000000000000000000000000000000000000000"))
                .when()
                .delivered()
                .then()
                .done("ci-trigger");

        assertEquals(List.of(), started);
    }

    @Test
    void waitsWhileJenkinsIsUnavailableAndGivesUpWhatItRefuses() {
        status = 503;
        var push = companion.given(PUSH).when().delivered();
        push.then().waiting("ci-trigger");

        status = 404;
        push.retried().then().dead("ci-trigger");
    }

    @Test
    void opensAnIncidentAndClosesIt() {
        companion.given(CRITICAL, RECOVERY).when().delivered().then().done("incidents");

        assertEquals(List.of("trigger", "resolve"), incidents());
    }

    @Test
    void opensNoIncidentTwice() {
        companion
                .given(CRITICAL, CRITICAL.with("timestamp", "2026-03-02T11:05:00Z"), RECOVERY)
                .when()
                .delivered();
        companion
                .given(RECOVERY.with("timestamp", "2026-03-02T11:20:00Z"))
                .when()
                .delivered()
                .then()
                .done("incidents");

        assertEquals(List.of("trigger", "resolve"), incidents());
    }

    @Test
    void doesNotOpenItAgainForALateAlert() {
        companion
                .given(CRITICAL, RECOVERY, CRITICAL.with("timestamp", "2026-03-02T11:05:00Z"))
                .when()
                .delivered()
                .then()
                .done("incidents");

        assertEquals(List.of("trigger", "resolve"), incidents());
    }

    @Test
    void keepsServicesApart() {
        companion
                .given(CRITICAL, CRITICAL.with("service", "Database"), RECOVERY)
                .when()
                .delivered();

        assertEquals(List.of("trigger", "trigger", "resolve"), incidents());
    }

    @Test
    void opensTheIncidentWhenTheEndpointIsAvailableAgain() {
        status = 503;
        var alert = companion.given(CRITICAL).when().delivered();
        alert.then().waiting("incidents");

        status = 202;
        alert.retried().then().done("incidents");
        assertEquals(List.of("trigger", "trigger"), incidents());
    }

    @Test
    void ignoresWarningsAndAlertsWithoutSeverity() {
        companion
                .given(CRITICAL.with("severity", "Warning"), CRITICAL.without("severity"))
                .when()
                .delivered()
                .then()
                .done("incidents");

        assertEquals(List.of(), incidents());
    }

    private List<String> incidents() {
        return requests.stream()
                .filter(request -> request.startsWith("/v2/enqueue "))
                .map(request -> request.replaceAll(".*\"event_action\":\"(\\w+)\".*", "$1"))
                .toList();
    }

    /** Jenkins shows the parameters of the builds that it has. */
    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        requests.add(path + " " + body);
        if (path.equals("/job/order-desk/buildWithParameters") && status == 201) {
            started.add(body);
            if (breaksAfterTheCall) {
                exchange.close();
                return;
            }
        }
        byte[] answer = (path.endsWith("/api/json") ? String.join("\n", started) : "").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
