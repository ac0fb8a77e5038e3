package com.example.slack;

import static jakarta.transaction.Transactional.TxType.NOT_SUPPORTED;
import static java.net.http.HttpResponse.BodyHandlers.ofString;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.TryLater;
import org.mxhooks.event.Updated;

/**
 * Posts a message for each story that is done, through an incoming webhook. At least once: Slack does not detect
 * duplicates. An event contains the state of a story, not what changed: a story that is edited after it was done is
 * announced again.
 */
@ApplicationScoped
public class SlackNotifier {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    @Inject
    @ConfigProperty(name = "slack.webhook")
    URI webhook;

    @Consumer("slack-notifier")
    @Transactional(NOT_SUPPORTED) // no transaction waits for Slack
    void announce(@Observes @Updated StoryEvent story) throws InterruptedException {
        if (story.status().filter("Done"::equals).isPresent()) {
            post("Done: %s (#%s)".formatted(story.name().orElse("a story"), story.storyId()));
        }
    }

    private void post(String text) throws InterruptedException {
        String message = Json.createObjectBuilder().add("text", text).build().toString();
        HttpRequest request = HttpRequest.newBuilder(webhook)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(message))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, ofString());
            if (answer.statusCode() == 429 || answer.statusCode() >= 500) {
                throw new TryLater(RETRY_AFTER, "Slack answered " + answer.statusCode(), null);
            }
            if (answer.statusCode() >= 300) {
                throw new GiveUp("Slack refused the request: %s %s".formatted(answer.statusCode(), answer.body()));
            }
        } catch (IOException e) {
            throw new TryLater(RETRY_AFTER, "Slack is unavailable", e);
        }
    }
}
