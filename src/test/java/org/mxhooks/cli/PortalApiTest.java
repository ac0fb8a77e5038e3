package org.mxhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.portal.RunningPortal;

/** The Webhooks API of the portal's stand-in, held to the published description. */
class PortalApiTest {

    private static final String UPSERT = """
            {"name":"%s","url":"https://hooks.example.com/","eventTypes":["teamserver.push"],"isActive":true,
             "validationSecret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw","headers":[{"key":"Authorization","value":"by hand"}]}
            """;

    @TempDir
    private Path home;

    private final WebhooksApiDescription description = new WebhooksApiDescription();
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningPortal portal;
    private String webhooks;

    @BeforeEach
    void start() {
        portal = new RunningPortal(home);
        webhooks = portal.url() + "v1/" + portal.app().substring("api/".length()) + "/webhooks";
    }

    @AfterEach
    void stop() {
        portal.close();
    }

    @Test
    void webhooksAreCreatedShownReplacedAndDeleted() throws Exception {
        String id = described("POST", "", UPSERT.formatted("one"), 200).replaceFirst(".*\"id\":\"(\\w+)\".*", "$1");

        assertThat(described("GET", "/" + id, "", 200)).contains("\"name\":\"one\"", "whsec_MfKQ9r8", "by hand");
        assertThat(described("PUT", "/" + id, UPSERT.formatted("two"), 202)).contains("\"name\":\"two\"");
        assertThat(described("GET", "", "", 200)).contains("\"name\":\"two\"").doesNotContain("whsec_");
        assertThat(send("DELETE", "/" + id, "", portal.token()).statusCode()).isEqualTo(204);
        assertThat(described("GET", "/" + id, "", 404)).contains("40400");
    }

    @Test
    void pagesFollowEachOther() throws Exception {
        for (int i = 0; i < 5; i++) {
            described("POST", "", UPSERT.formatted("webhook " + i), 200);
        }
        String first = described("GET", "?limit=3", "", 200);
        String cursor = first.replaceFirst(".*\"next\":\"(\\w+)\".*", "$1");
        String second = described("GET", "?limit=3&cursor=" + cursor, "", 200);

        assertThat(first).contains("webhook 0", "webhook 2").doesNotContain("webhook 3");
        assertThat(second).contains("webhook 3", "webhook 4").doesNotContain("webhook 2", "next");
        assertThat(described("GET", "?limit=1&ascOrder=false", "", 200)).contains("webhook 4");
    }

    /** Those of the page's own API. */
    @Test
    void webhooksOfProjectsAreNotShown() throws Exception {
        String id = portal.post(
                        webhooks.substring(portal.url().length()).replaceFirst("^v1", "api"),
                        "{\"family\":\"projects\",\"name\":\"p\",\"url\":\"http://127.0.0.1:1/\"}")
                .getString("id");

        assertThat(described("GET", "", "", 200)).contains("\"webhooks\":[]");
        described("GET", "/" + id, "", 404);
        described("PUT", "/" + id, UPSERT.formatted("stolen"), 404);
    }

    @ParameterizedTest
    @CsvSource({
        "name, a/b, 'name must have letters of A to Z, digits, underscores and spaces only.'",
        "validationSecret, short, 'validationSecret must have 32 to 100 characters of Base64, with or without whsec_ before them.'",
        "url, x, 'url must be an http or https URL'",
        "headers, x, headers must be an array"
    })
    void whatIsWrongIsSaid(String field, String value, String message) throws Exception {
        String body = UPSERT.formatted("one")
                .replaceFirst(
                        "\"%s\":(\"[^\"]*\"|\\[[^]]*])".formatted(field), "\"%s\":\"%s\"".formatted(field, value));

        assertThat(described("POST", "", body, 400, false)).contains(message);
    }

    @Test
    void onlyTheTokenOpensIt() throws Exception {
        for (String token : new String[] {"", "x", portal.token() + "x"}) {
            HttpResponse<String> answer = send("GET", "", "", token);
            assertThat(answer.statusCode()).isEqualTo(401);
            description.demandAnswer("GET", answer.request().uri(), 401, answer.body());
            assertThat(answer.body()).doesNotContain(portal.token());
        }
    }

    private String described(String method, String path, String body, int status) throws Exception {
        return described(method, path, body, status, true);
    }

    private String described(String method, String path, String body, int status, boolean good) throws Exception {
        HttpResponse<String> answer = send(method, path, body, portal.token());
        if (good) {
            description.demandRequest(method, answer.request().uri(), body);
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        description.demandAnswer(method, answer.request().uri(), status, answer.body());
        return answer.body();
    }

    private HttpResponse<String> send(String method, String path, String body, String token)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(webhooks + path))
                        .header("Authorization", "MxToken " + token)
                        .header("Content-Type", "application/json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
