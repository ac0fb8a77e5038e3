package org.mxhooks.process.harness;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mxhooks.Ports;

/** The stand-in for the portal as a program, which starts again at the same port with what it had. */
public final class PortalProcess implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Path home;
    private final int port = Ports.free();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ServerProcess process;

    /** One that is not running yet. */
    public PortalProcess(Path home) {
        this.home = home;
    }

    /** Returns when it answers. */
    public void start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Jvm.QUICK);
        command.addAll(List.of(
                "-jar",
                Path.of("target", "mxhooks-portal.jar").toString(),
                "--port",
                String.valueOf(port),
                "--home",
                home.toString()));
        process = ServerProcess.start("portal", command, Map.of());
        process.await(this::answers, 0);
    }

    private boolean answers() {
        try {
            gets("api/apps");
            return true;
        } catch (UncheckedIOException silent) {
            return false;
        }
    }

    public JsonObject gets(String resource) {
        return send(HttpRequest.newBuilder(uri(resource)).timeout(TIMEOUT).build());
    }

    public JsonObject posts(String resource, JsonObject body) {
        return send(HttpRequest.newBuilder(uri(resource))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    private URI uri(String resource) {
        return URI.create("http://127.0.0.1:" + port + "/" + resource);
    }

    private JsonObject send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new AssertionError(request + ": " + answer.statusCode() + " " + answer.body());
            }
            try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
                return reader.readObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL. */
    public void killNine() {
        process.killNine();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
