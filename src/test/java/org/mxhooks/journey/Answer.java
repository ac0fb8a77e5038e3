package org.mxhooks.journey;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** What the server said. */
public record Answer(int status, String contentType, String tag, String text) {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @throws UncheckedIOException if there was none */
    static Answer to(HttpRequest request) {
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(), header(response, "Content-Type"), header(response, "ETag"), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    public boolean isAcknowledged() {
        return status / 100 == 2;
    }

    public boolean isProblem() {
        return contentType.startsWith("application/problem+json");
    }

    public String receipt() {
        return json().getString("receipt");
    }

    public String delivery() {
        return json().getString("delivery");
    }

    public JsonObject json() {
        return Json.createReader(new StringReader(text)).readObject();
    }
}
