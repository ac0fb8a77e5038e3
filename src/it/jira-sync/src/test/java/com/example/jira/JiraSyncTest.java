package com.example.jira;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mxhooks.testkit.Payload.payload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.testkit.Companion;
import org.mxhooks.testkit.Payload;

class JiraSyncTest {

    private static final Payload STORY = payload("story-updated.json");

    private final List<String> requests = new ArrayList<>();
    private HttpServer jira;
    private Companion companion;
    private boolean unavailable;
    private String found = "";

    /** Replaces JPA, which only a server has. */
    @ApplicationScoped
    public static class IssuesInMemory extends Issues {
        private final Map<Issue.Key, Issue> issues = new HashMap<>();

        @Override
        Optional<Issue> of(Issue.Key story) {
            return Optional.ofNullable(issues.get(story));
        }

        @Override
        Issue add(Issue.Key story, String key) {
            issues.put(story, new Issue(story, key));
            return issues.get(story);
        }
    }

    @BeforeEach
    void start() throws IOException {
        jira = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        jira.createContext("/", this::answer);
        jira.start();
        String url = "http://127.0.0.1:" + jira.getAddress().getPort();
        Map<String, String> settings =
                Map.of("jira.url", url, "jira.user", "ada", "jira.token", "t", "jira.project", "ORD");
        companion = Companion.of(settings, JiraSync.class, Jira.class, IssuesInMemory.class);
    }

    @AfterEach
    void stop() {
        companion.close();
        jira.stop(0);
    }

    @Test
    void createsAnIssueAndUpdatesItFromThenOn() {
        companion
                .given(STORY, later("2026-03-04T00:00:00Z"))
                .when()
                .delivered()
                .then()
                .done("jira-sync");

        assertEquals(List.of("GET search", "POST issue", "PUT issue"), requests);
    }

    @Test
    void usesTheIssueThatAnEarlierAttemptCreated() {
        found = "{\"key\":\"ORD-1\"}";
        companion.given(STORY).when().delivered().then().done("jira-sync");

        assertEquals(List.of("GET search", "PUT issue"), requests);
    }

    @Test
    void doesNotSendOlderStates() {
        companion.given(STORY, later("2026-03-01T00:00:00Z")).when().delivered();

        assertEquals(List.of("GET search", "POST issue"), requests);
    }

    @Test
    void waitsWhileJiraIsUnavailable() {
        unavailable = true;
        var story = companion.given(STORY).when().delivered();
        story.then().waiting("jira-sync");

        unavailable = false;
        story.retried().then().done("jira-sync");
    }

    private static Payload later(String time) {
        return STORY.with("Meta.UpdatedAt", Instant.parse(time));
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String resource = exchange.getRequestURI().getPath().split("/")[4];
        requests.add(exchange.getRequestMethod() + " " + resource);
        byte[] body = switch (exchange.getRequestMethod()) {
            case "GET" -> "{\"issues\":[%s]}".formatted(found).getBytes(StandardCharsets.UTF_8);
            case "POST" -> "{\"id\":\"1\",\"key\":\"ORD-1\"}".getBytes(StandardCharsets.UTF_8);
            default -> new byte[0];
        };
        int status = unavailable ? 503 : body.length == 0 ? 204 : 200;
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
