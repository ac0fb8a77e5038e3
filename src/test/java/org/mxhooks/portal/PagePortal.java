package org.mxhooks.portal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.mxhooks.Ports;

/** A portal for tests of its page; what a test needs before it looks is created through the API. */
final class PagePortal implements AutoCloseable {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path directory;
    private final int port = Ports.free();
    private PortalHome home;
    private Portal portal;
    private PortalServer server;
    private String app;

    PagePortal(Path directory) throws PortalFailure {
        this.directory = directory;
        start();
    }

    /** Starts it, again where it was. What is not delivered at once has failed. */
    void start() throws PortalFailure {
        home = PortalHome.open(directory);
        portal = new Portal(home, Clock.systemUTC(), Duration.ZERO);
        server = PortalServer.start(portal, home.tokenFile(), port);
        portal.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        portal.close();
        home.close();
    }

    /** An app without anything, the newest: its page. */
    String createApp(String name) {
        app = send("POST", "/apps", Json.createObjectBuilder().add("name", name))
                .getString("id");
        return page();
    }

    /** The page of the newest app. */
    String page() {
        return server.url() + "?app=" + app;
    }

    void createWebhook(String name, String receiver) {
        send(
                "POST",
                "/apps/" + app + "/webhooks",
                Json.createObjectBuilder()
                        .add("family", "projects")
                        .add("name", name)
                        .add("url", receiver)
                        .add("events", Json.createArrayBuilder(List.of("stories", "sprints"))));
    }

    /** A sprint, and stories of each status and type. */
    void fill() {
        int sprint = send(
                        "POST",
                        "/apps/" + app + "/sprints",
                        Json.createObjectBuilder()
                                .add("name", "Sprint 12")
                                .add("status", "Active")
                                .add("startDate", "2026-03-02T00:00:00.000Z")
                                .add("endDate", "2026-03-16T00:00:00.000Z"))
                .getInt("id");
        story("Orders without lines cannot be sent", "To-do", "Bug", sprint);
        story("Show the delivery date on the order page", "Running", "Feature", sprint);
        story("Import the price list", "Done", "Feature", sprint);
        send("POST", "/apps/" + app + "/stories", Json.createObjectBuilder().add("name", "Send the invoice as PDF"));
    }

    private void story(String name, String status, String type, int sprint) {
        send(
                "POST",
                "/apps/" + app + "/stories",
                Json.createObjectBuilder()
                        .add("name", name)
                        .add("status", status)
                        .add("storyType", type)
                        .add("sprint", sprint));
    }

    /** As another person might, meanwhile. */
    void renameEachStory(String name) {
        String stories = "/apps/" + app + "/stories";
        send("GET", stories, null)
                .getJsonArray("stories")
                .getValuesAs(JsonObject.class)
                .forEach(story -> send(
                        "PATCH",
                        stories + "/" + story.getInt("id"),
                        Json.createObjectBuilder().add("name", name)));
    }

    private JsonObject send(String method, String path, JsonObjectBuilder body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "api" + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(body.build().toString()))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            return Json.createReader(new StringReader(answer.body())).readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
