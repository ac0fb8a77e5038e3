package org.mxhooks.portal;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** A portal in this JVM, on a free port. */
public final class RunningPortal implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Portal portal;
    private final Path tokenFile;
    private final PortalServer server;

    public RunningPortal(Path home) {
        this(home, InstantSource.system(), Duration.ofHours(1));
    }

    RunningPortal(Path home, InstantSource clock, Duration retryFor) {
        try {
            PortalHome opened = PortalHome.open(home);
            portal = new Portal(opened, clock, retryFor);
            tokenFile = opened.tokenFile();
            server = PortalServer.start(portal, tokenFile, 0);
            portal.start();
        } catch (PortalFailure e) {
            throw new IllegalStateException(e);
        }
    }

    Portal portal() {
        return portal;
    }

    /** With a slash at its end. */
    public String url() {
        return server.url();
    }

    public String token() {
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonObject get(String path) {
        return json(send(request(path).GET()));
    }

    public JsonObject post(String path, String body) {
        return json(send(request(path).POST(BodyPublishers.ofString(body))));
    }

    JsonObject patch(String path, String body) {
        return json(send(request(path).method("PATCH", BodyPublishers.ofString(body))));
    }

    /** Creates an app; returns the path of its resources. */
    public String app() {
        return "api/apps/" + post("api/apps", "{\"name\":\"Order Desk\"}").getString("id");
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).header("Content-Type", "application/json");
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject json(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return parse(answer.body());
    }

    static JsonObject parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    @Override
    public void close() {
        server.close();
        try {
            portal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
