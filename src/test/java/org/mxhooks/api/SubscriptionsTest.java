package org.mxhooks.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.Answer;

class SubscriptionsTest extends ApiFixture {

    private static final String URL = "https://93.184.216.34/hooks";

    @Test
    void areCreatedWithASecretThatIsShownOnce() {
        Answer created = post("subscriptions", body("one", "\"headers\":{\"Authorization\":\"Bearer of one\"}"));

        assertThat(created.status()).isEqualTo(201);
        JsonObject json = created.json();
        assertThat(json.getString("secret")).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(created.header("Location")).endsWith("/api/v1/subscriptions/" + json.getString("id"));
        JsonObject shown = get("subscriptions/" + json.getString("id")).json();
        assertThat(shown.containsKey("secret")).isFalse();
        assertThat(shown.getString("secretFingerprint")).isEqualTo(json.getString("secretFingerprint"));
        assertThat(shown.toString()).doesNotContain("Bearer");
        assertThat(shown.getBoolean("active")).isTrue();
        assertThat(get("consumers").body()).contains("subscription-" + json.getString("id"));
    }

    @Test
    void keepAHeaderThatIsSentBackMasked() {
        JsonObject created = post("subscriptions", body("masked", "\"headers\":{\"X-Key\":\"a key\"}"))
                .json();
        String path = "subscriptions/" + created.getString("id");

        String back = get(path).body().replace("\"masked\"", "\"renamed\"");

        assertThat(send("PUT", path, back).json().getString("name")).isEqualTo("renamed");
        assertThat(get(path).json().getJsonObject("headers").getString("X-Key")).isEqualTo("****");
    }

    @Test
    void keepWhatAChangeLeavesOut() {
        JsonObject created = post(
                        "subscriptions",
                        body(
                                "kept",
                                "\"format\":\"standard-webhooks\",\"active\":false,\"filter\":{\"apps\":[\"a\"]},\"headers\":{\"X-Key\":\"a key\"}"))
                .json();
        String path = "subscriptions/" + created.getString("id");

        JsonObject changed = send("PUT", path, "{\"events\":[\"sprints\"],\"filter\":{\"actions\":[\"created\"]}}")
                .json();

        assertThat(changed.getJsonArray("events").toString()).isEqualTo("[\"sprints\"]");
        assertThat(changed.getString("format")).isEqualTo("standard-webhooks");
        assertThat(changed.getBoolean("active")).isFalse();
        assertThat(changed.getJsonObject("filter").toString())
                .isEqualTo("{\"apps\":[\"a\"],\"actions\":[\"created\"]}");
        assertThat(changed.getJsonObject("headers").toString()).isEqualTo("{\"X-Key\":\"****\"}");
        assertThat(send("PUT", path, "{}").json()).isEqualTo(changed);
    }

    /** As what is stored of a delivery is written. */
    @Test
    void filterByAppsAndActionsInAnySpelling() {
        JsonObject created = post(
                        "subscriptions",
                        body(
                                "spelling",
                                "\"filter\":{\"apps\":[\"6F1D0B6E-52A1-4C39-9D0A-2D6F5A1E9B77\"],\"actions\":[\" Created\"]}"))
                .json();

        assertThat(created.getJsonObject("filter").toString())
                .isEqualTo("{\"apps\":[\"6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77\"],\"actions\":[\"created\"]}");
    }

    @Test
    void doNotTakeTheirHeadersToAnotherHost() {
        JsonObject created = post("subscriptions", body("moved", "\"headers\":{\"X-Key\":\"a key\"}"))
                .json();
        String path = "subscriptions/" + created.getString("id");

        assertThat(send("PUT", path, "{\"url\":\"https://1.1.1.1/hooks\"}")
                        .isProblem(400)
                        .body())
                .contains("headers must be given anew");
        assertThat(send("PUT", path, "{\"url\":\"https://93.184.216.34/other\"}")
                        .status())
                .isEqualTo(200);
        assertThat(send("PUT", path, "{\"url\":\"https://1.1.1.1/hooks\",\"headers\":{\"X-Key\":\"new\"}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void arePausedAndResumed() {
        String path = "subscriptions/" + created("paused");

        assertThat(post(path + "/pause", "").json().getBoolean("active")).isFalse();
        assertThat(get(path).json().getBoolean("active")).isFalse();
        assertThat(post(path + "/resume", "").json().getBoolean("active")).isTrue();
    }

    @Test
    void getAnotherSecret() {
        String path = "subscriptions/" + created("rotated");
        String before = get(path).json().getString("secretFingerprint");

        JsonObject rotated = post(path + "/rotate-secret", "{\"secret\":\"another secret, long enough\"}")
                .json();

        assertThat(rotated.getString("secret")).isEqualTo("another secret, long enough");
        assertThat(get(path).json().getString("secretFingerprint")).isNotEqualTo(before);
        assertThat(post(path + "/rotate-secret", "").json().getString("secret")).startsWith("whsec_");
    }

    @Test
    void areEncryptedAnewByTheOperatorAlone() {
        created("encrypted");

        assertThat(post("subscriptions/re-encrypt", "").json().toString())
                .isEqualTo("{\"reEncrypted\":0,\"remaining\":0}");
        as("viewer:of the viewer", "POST", "subscriptions/re-encrypt")
                .header("Content-Type", "application/json")
                .declaring(0)
                .send()
                .isProblem(403);
    }

    @Test
    void areGoneWhenDeletedAndTheirNamesFree() {
        String path = "subscriptions/" + created("deleted");

        assertThat(change("DELETE", path).status()).isEqualTo(204);

        get(path).isProblem(404);
        change("DELETE", path).isProblem(404);
        get(path + "/attempts").isProblem(404);
        assertThat(get("subscriptions").body()).doesNotContain("\"deleted\"");
        assertThat(created("deleted")).isNotEmpty();
    }

    @Test
    void haveNamesOfTheirOwn() {
        created("twice");

        assertThat(post("subscriptions", body("twice", "\"version\":\"1\""))
                        .isProblem(400)
                        .body())
                .contains("name is that of another subscription");
    }

    @Test
    void takeEachUnicodeNameAndMayBeManyOfOneUrl() {
        assertThat(post("subscriptions", body("Ünï ✓ \uD83D\uDE00", "\"version\":\"1\""))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | must be a JSON object",
                "{ | must be a JSON object",
                "{} | name is required",
                "{\"name\":\"x\"} | url is required",
                "{\"name\":1,\"url\":\"x\"} | name must be a text",
                "{\"name\":\"x\",\"url\":\"https://93.184.216.34\"} | events must be at least one of",
                "{\"name\":\"x\",\"url\":\"https://93.184.216.34\",\"events\":\"stories\"} | events must be an array",
                "{\"name\":\"x\",\"url\":\"https://93.184.216.34\",\"events\":[\"storys\"]} | events must be at least one of",
                "{\"name\":\"x\",\"url\":\"https://93.184.216.34\",\"evnts\":[]} | There is no field evnts",
                "{\"name\":\"x\",\"url\":\"https://93.184.216.34\",\"events\":[\"stories\"],\"filter\":{\"app\":[]}} | There is no field filter.app",
                "{\"name\":\"x\",\"url\":\"https://93.184.216.34\",\"events\":[\"stories\"],\"format\":\"x\"} | format must be one of",
                "{\"name\":\"x\",\"url\":\"https://93.184.216.34\",\"events\":[\"stories\"],\"active\":\"yes\"} | active must be true or false",
                "{\"name\":\"x\",\"url\":\"https://93.184.216.34\",\"events\":[\"stories\"],\"version\":\"2\"} | version must be",
                "{\"name\":\"x\",\"url\":\"https://93.184.216.34\",\"events\":[\"stories\"],\"secret\":\"short\"} | secret must have 16",
                "{\"name\":\"x\",\"url\":\"https://93.184.216.34\",\"events\":[\"stories\"],\"format\":\"standard-webhooks\",\"secret\":\"whsec_not base64 !!!\"} | secret cannot be used",
                "{\"name\":\"x\",\"url\":\"https://93.184.216.34\",\"events\":[\"stories\"],\"headers\":{\"Host\":\"x\"}} | headers must not have a name",
                "{\"name\":\"x\",\"url\":\"https://93.184.216.34\",\"events\":[\"stories\"],\"headers\":{\"webhook-id\":\"x\"}} | headers must not have a name",
                "{\"name\":\"x\",\"url\":\"https://93.184.216.34\",\"events\":[\"stories\"],\"headers\":{\"X\":\"a\\r\\nb\"}} | headers must have values",
                "{\"name\":\"x\",\"url\":\"https://93.184.216.34\",\"events\":[\"stories\"],\"headers\":{\"X\":1}} | headers must be an object of texts",
                "{\"name\":\"x\",\"url\":\"https://127.0.0.1/\",\"events\":[\"stories\"]} | mxhooks.relay.allow",
                "{\"name\":\" \",\"url\":\"https://93.184.216.34\",\"events\":[\"stories\"]} | name must have"
            })
    void explainWhatIsWrong(String body, String detail) {
        assertThat(post("subscriptions", body).isProblem(400).json().getString("detail"))
                .contains(detail);
    }

    @Test
    void doNotTakeASecretInAChange() {
        String path = "subscriptions/" + created("changed");

        assertThat(send("PUT", path, body("changed", "\"secret\":\"another secret, long enough\""))
                        .isProblem(400)
                        .body())
                .contains("rotate-secret");
    }

    @Test
    void areUnknownByAnotherId() {
        for (String path : new String[] {"", "/attempts"}) {
            get("subscriptions/" + UUID.randomUUID() + path).isProblem(404);
            get("subscriptions/nonsense" + path).isProblem(400);
        }
        for (String path : new String[] {"/pause", "/resume", "/test", "/rotate-secret"}) {
            post("subscriptions/" + UUID.randomUUID() + path, "{}").isProblem(404);
        }
        send("PUT", "subscriptions/" + UUID.randomUUID(), body("nobody's", "\"version\":\"1\""))
                .isProblem(404);
    }

    @Test
    void areShownToAViewerAndChangedByTheOperatorAlone() {
        String path = "subscriptions/" + created("of the operator");

        assertThat(as("viewer:of the viewer", "GET", path).send().status()).isEqualTo(200);
        as("viewer:of the viewer", "POST", path + "/rotate-secret")
                .header("Content-Type", "application/json")
                .declaring(0)
                .send()
                .isProblem(403);
    }

    @Test
    void areConsumersByTheirName() {
        String consumer = "subscription-" + created("Build server");

        assertThat(change("POST", "consumers/Build%20server/pause").json().getString("name"))
                .isEqualTo(consumer);
        assertThat(get("consumers/" + consumer).json().getBoolean("paused")).isTrue();
        assertThat(get("dead?consumer=Build%20server").status()).isEqualTo(200);
        assertThat(change("POST", "orders/replay-dead?consumer=Build%20server")
                        .json()
                        .getString("consumer"))
                .isEqualTo(consumer);
        assertThat(get("consumers/build%20server").isProblem(404).body())
                .contains("There is no consumer build server", consumer + " (Build server)");
    }

    @Test
    void areNoConsumersByANameThatAConsumerHas() throws Exception {
        work.register("shared", 0);
        String consumer = "subscription-" + created("shared");

        assertThat(change("POST", "consumers/shared/pause").isProblem(409).body())
                .contains("A consumer and a subscription have the name shared", consumer);
        assertThat(get("consumers/" + consumer).json().getBoolean("paused")).isFalse();
    }

    /** Where no node has it, for want of the relay's key for example; it would stay, and be sent nothing any more. */
    @Test
    void areNotRetiredAsConsumers() {
        String consumer = "consumers/subscription-" + created("lasting");

        assertThat(change("DELETE", consumer).isProblem(409).body()).contains("subscription lasting", "delete");
        assertThat(change("DELETE", "consumers/lasting").isProblem(409).body()).contains("subscription lasting");
        assertThat(get(consumer).status()).isEqualTo(200);
    }

    private String created(String name) {
        return post("subscriptions", body(name, "\"version\":\"1\"")).json().getString("id");
    }

    private static String body(String name, String more) {
        return "{\"name\":\"%s\",\"url\":\"%s\",\"events\":[\"stories\"],%s}".formatted(name, URL, more);
    }

    private Answer post(String path, String body) {
        return send("POST", path, body);
    }

    private Answer send(String method, String path, String body) {
        return as("admin:of the operator", method, path)
                .header("Content-Type", "application/json")
                .body(body.getBytes(UTF_8))
                .send();
    }
}
