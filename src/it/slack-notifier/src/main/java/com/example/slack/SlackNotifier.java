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
 * Posts a message for each story that is done, by an incoming webhook. At least once: Slack knows no repeats. An event
 * tells a story's state, not what changed; one that is edited when it is done already is told of again.
 */
@ApplicationScoped
public class SlackNotifier {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    @Inject
    @ConfigProperty(name = "slack.webhook")
    URI webhook;

    @Consumer("slack-notifier")
    @Transactional(NOT_SUPPORTED) // no transaction waits for Slack
    void tell(@Observes @Updated StoryEvent story) throws InterruptedException {
        if (story.status().filter("Done"::equals).isPresent()) {
            post("Done: %s (#%s)".formatted(story.name().orElse("a story"), story.storyId()));
        }
    }

    private void post(String text) throws InterruptedException {
        String message = Json.createObjectBuilder().add("text", text).build().toString();
        HttpRequest request = HttpRequest.newBuilder(webhook)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(message))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, ofString());
            if (answer.statusCode() == 429 || answer.statusCode() >= 500) {
                throw new TryLater(PAUSE, "Slack answers " + answer.statusCode(), null);
            }
            if (answer.statusCode() >= 300) {
                throw new GiveUp("Slack refuses it: %s %s".formatted(answer.statusCode(), answer.body()));
            }
        } catch (IOException e) {
            throw new TryLater(PAUSE, "Slack cannot be reached", e);
        }
    }
}
