package com.example.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

class SlackNotifierTest {

    private static final Payload DONE = payload("story-updated.json").with("Story.Status", "Done");

    private final List<String> messages = new ArrayList<>();
    private HttpServer slack;
    private Companion companion;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slack.createContext("/", this::answer);
        slack.start();
        String webhook = "http://127.0.0.1:%d/services/T0/B0/x"
                .formatted(slack.getAddress().getPort());
        companion = Companion.of(Map.of("slack.webhook", webhook), SlackNotifier.class);
    }

    @AfterEach
    void stop() {
        companion.close();
        slack.stop(0);
    }

    @Test
    void announcesAStoryThatIsDone() {
        companion.given(DONE).when().delivered().then().done("slack-notifier");

        assertEquals(List.of("{\"text\":\"Done: Show the delivery date on the order page (#4711)\"}"), messages);
    }

    @Test
    void ignoresOtherStories() {
        companion
                .given(DONE.with("Story.Status", "Running"), payload("story-created.json"))
                .when()
                .delivered();

        assertEquals(List.of(), messages);
    }

    @Test
    void waitsWhileSlackIsUnavailable() {
        status = 503;
        var story = companion.given(DONE).when().delivered();
        story.then().waiting("slack-notifier");

        status = 200;
        story.retried().then().done("slack-notifier");
    }

    @Test
    void givesUpWhatSlackRefuses() {
        status = 404;
        companion.given(DONE).when().delivered().then().dead("slack-notifier");
    }

    private void answer(HttpExchange exchange) throws IOException {
        messages.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
