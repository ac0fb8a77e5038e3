package com.example.ci;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.TryLater;

/** Calls by HTTP, each with a time-out. */
@ApplicationScoped
public class RemoteCalls {

    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /**
     * Returns the body of the answer.
     *
     * @param system whom the request is for, for operators
     * @throws TryLater while the system is unavailable
     * @throws GiveUp if it refuses the request
     */
    String send(String system, HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 429 || answer.statusCode() >= 500) {
                throw new TryLater(RETRY_AFTER, "%s answered %s".formatted(system, answer.statusCode()), null);
            }
            if (answer.statusCode() >= 300) {
                throw new GiveUp(
                        "%s refused the request: %s %.500s".formatted(system, answer.statusCode(), answer.body()));
            }
            return answer.body();
        } catch (IOException e) {
            throw new TryLater(RETRY_AFTER, system + " is unavailable", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
