package com.example.jira;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.TryLater;

/** A client of Jira's REST API, version 3. */
@ApplicationScoped
public class Jira {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /** For example {@code https://example.atlassian.net}. */
    @Inject
    @ConfigProperty(name = "jira.url")
    String url;

    @Inject
    @ConfigProperty(name = "jira.user")
    String user;

    @Inject
    @ConfigProperty(name = "jira.token")
    String token;

    /** The key of the issue with a label. */
    Optional<String> find(String label) {
        String jql = encode("labels = \"" + label + "\"", UTF_8);
        return send("GET", "search/jql?fields=key&jql=" + jql, BodyPublishers.noBody())
                .getJsonArray("issues")
                .getValuesAs(JsonObject.class)
                .stream()
                .findFirst()
                .map(issue -> issue.getString("key"));
    }

    /** Returns the new issue's key. */
    String create(JsonObject fields) {
        return send("POST", "issue", body(fields)).getString("key");
    }

    void update(String key, JsonObject fields) {
        send("PUT", "issue/" + key, body(fields));
    }

    private static BodyPublisher body(JsonObject fields) {
        return BodyPublishers.ofString(
                Json.createObjectBuilder().add("fields", fields).build().toString());
    }

    private JsonObject send(String method, String resource, BodyPublisher body) {
        String credentials = Base64.getEncoder().encodeToString((user + ":" + token).getBytes(UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/rest/api/3/" + resource))
                .timeout(TIMEOUT)
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 429 || answer.statusCode() >= 500) {
                throw new TryLater(RETRY_AFTER, "Jira answered " + answer.statusCode(), null);
            }
            if (answer.statusCode() >= 300) {
                throw new GiveUp("Jira refused the request: %s %s".formatted(answer.statusCode(), answer.body()));
            }
            return answer.body().isEmpty()
                    ? JsonObject.EMPTY_JSON_OBJECT
                    : Json.createReader(new StringReader(answer.body())).readObject();
        } catch (IOException e) {
            throw new TryLater(RETRY_AFTER, "Jira is unavailable", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
