package org.mxhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.cli.PortalStandIn.Failure;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;
import org.mxhooks.signature.SignedRequest;
import org.mxhooks.signature.Verdict;

class RegisterTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String PRESENT = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    @TempDir
    private Path home;

    private PortalStandIn portal;
    private VerifyingEndpoint endpoint;
    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        portal = new PortalStandIn();
        endpoint = new VerifyingEndpoint(SECRET);
        shell = new Shell(home)
                .with("MXHOOKS_PORTAL_URL", portal.url())
                .with("MXHOOKS_PORTAL_TOKEN", PortalStandIn.TOKEN)
                .with("MXHOOKS_URL", endpoint.application());
        shell.file("endpoint-deployments.secret", SECRET + "\n");
    }

    @AfterEach
    void stop() {
        endpoint.close();
        portal.close();
    }

    @Test
    void createsWhatThereIsNot() {
        assertThat(register("--apply")).isZero();

        JsonObject webhook = portal.webhooks().get(0);
        assertThat(webhook.getString("name")).isEqualTo("mxhooks deployments");
        assertThat(webhook.getString("url")).isEqualTo(endpoint.url());
        assertThat(webhook.getString("validationSecret")).isEqualTo(SECRET);
        assertThat(webhook.getBoolean("isActive")).isTrue();
        assertThat(webhook.getJsonArray("eventTypes").toString())
                .isEqualTo("[\"package.uploaded\",\"teamserver.push\"]");
        assertThat(shell.out()).contains("create webhook mxhooks deployments");
    }

    @Test
    void plansNothingWhenItIsRunAgain() {
        register("--apply");
        List<String> before = portal.changes();

        assertThat(register("--apply")).isZero();

        assertThat(shell.out()).contains("nothing to change, webhook mxep_1");
        assertThat(portal.changes()).isEqualTo(before);
    }

    @Test
    void showsThePlanAndChangesNothing() {
        assertThat(register("--dry-run")).isZero();

        assertThat(shell.out()).contains("create", endpoint.url());
        assertThat(portal.changes()).isEmpty();
        assertThat(endpoint.probes()).isEmpty();
    }

    @Test
    void leavesOtherWebhooksAndWhatWasConfiguredByHandAlone() {
        for (int i = 0; i < 4; i++) {
            portal.has("of others", "https://other.example.com/" + i, PRESENT, "teamserver.push");
        }
        String ours = portal.has("By hand", endpoint.url() + "/", PRESENT, "alerts");
        List<JsonObject> others = portal.webhooks().subList(0, 4);

        assertThat(register("--apply")).isZero();

        assertThat(portal.webhooks().subList(0, 4)).isEqualTo(others);
        JsonObject changed = portal.webhook(ours);
        assertThat(changed.getString("name")).isEqualTo("By hand");
        assertThat(changed.getJsonArray("eventTypes").toString()).isEqualTo("[\"alerts\"]");
        assertThat(changed.getJsonArray("headers")).hasSize(1);
        assertThat(changed.getString("validationSecret")).isEqualTo(SECRET);
        assertThat(shell.out()).contains("gets another secret", "leaves alone mxep_1 of others");
    }

    @Test
    void changesNameEventsAndAnotherUrlWhereItIsTold() {
        String moved = portal.has("old", "https://old.example.com/mxhooks/hooks/deployments", SECRET, "alerts");

        assertThat(register("--apply", "--webhook", moved, "--name", "new one", "--events", "teamserver.push, x.y"))
                .isZero();

        assertThat(shell.out())
                .contains(
                        "name: old -> new one",
                        "url: https://old.example.com",
                        "events: +teamserver.push +x.y",
                        "events: -alerts");
        assertThat(portal.webhook(moved).getString("url")).isEqualTo(endpoint.url());
        assertThat(portal.webhooks()).hasSize(1);
    }

    @Test
    void doesNotTakeTheNameForTheWebhook() {
        portal.has("mxhooks deployments", "https://production.example.com/mxhooks/hooks/deployments", PRESENT);

        register("--apply");

        assertThat(portal.webhooks()).hasSize(2);
        assertThat(portal.webhook("mxep_1").getString("url")).startsWith("https://production.example.com");
    }

    @Test
    void registersAnotherUrlThanTheOneThatItProbes() {
        assertThat(register("--apply", "--public-url", "https://hooks.example.com/mxhooks"))
                .isZero();

        assertThat(portal.webhooks().get(0).getString("url"))
                .isEqualTo("https://hooks.example.com/mxhooks/hooks/deployments");
        assertThat(endpoint.probes()).hasSize(1);
    }

    @Test
    void rotatesOnlyWhenTheEndpointVerifiesTheNewSecret() {
        String ours = portal.has("ours", endpoint.url(), PRESENT, "teamserver.push");
        endpoint.verifies(PRESENT);

        assertThat(register("--apply")).isEqualTo(1);
        assertThat(shell.err())
                .contains("does not verify the secret in", "previous-secret", "the portal was not changed");
        assertThat(portal.changes()).isEmpty();

        endpoint.verifies(SECRET, PRESENT);
        assertThat(register("--apply")).isZero();
        assertThat(shell.err()).contains("Keep mxhooks.endpoint.deployments.previous-secret");
        assertThat(portal.webhook(ours).getString("validationSecret")).isEqualTo(SECRET);
        assertThat(register("--dry-run")).isZero();
        assertThat(shell.out()).contains("nothing to change");
    }

    @Test
    void warnsWhereThePresentSecretIsNotVerified() {
        portal.has("ours", endpoint.url(), PRESENT, "teamserver.push");

        assertThat(register("--apply")).isZero();

        assertThat(shell.err()).contains("Warning", "present secret");
    }

    @Test
    void doesNotOverwriteWhatSomeoneChangedMeanwhile() {
        String ours = portal.has("ours", endpoint.url(), PRESENT, "teamserver.push");
        List<String> looks = new ArrayList<>();
        portal.before(request -> {
            if (request.equals("GET /webhooks/" + ours)) {
                looks.add(request);
                if (looks.size() == 2) {
                    portal.change(ours, "name", "by hand");
                }
            }
        });

        assertThat(register("--apply")).isEqualTo(1);

        assertThat(shell.err()).contains("mxep_1 was changed meanwhile", "--dry-run");
        assertThat(portal.changes()).isEmpty();
    }

    @Test
    void saysWhereThePortalHasSomethingElseThanItTook() {
        portal.before(request -> {
            if (request.equals("GET /webhooks/mxep_1")) {
                portal.change("mxep_1", "name", "something else");
            }
        });

        assertThat(register("--apply")).isEqualTo(1);

        assertThat(shell.err()).contains("mxep_1 is not what was asked for");
    }

    @Test
    void refusesTwoWebhooksWithTheUrl() {
        portal.has("one", endpoint.url(), SECRET, "teamserver.push");
        portal.has("two", endpoint.url(), SECRET, "teamserver.push");

        assertThat(register("--apply")).isEqualTo(1);

        assertThat(shell.err()).contains("2 webhooks with this URL: mxep_1, mxep_2", "--webhook");
        assertThat(portal.changes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "401, does not accept the token in MXHOOKS_PORTAL_TOKEN",
        "403, may not manage the webhooks of app",
        "404, has no app",
        "500, It says: broken (code 50000)"
    })
    void explainsWhatThePortalRefuses(int status, String cause) {
        portal.failing(request -> true, Failure.of(status, "broken"));

        assertThat(register("--apply")).isEqualTo(1);

        assertThat(shell.err()).contains(String.valueOf(status), cause);
        assertThat(shell.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"17, in 17 s", "1780000000, at 2026-05-28T20:26:40Z", "soon, at soon"})
    void saysWhenTheRateLimitEnds(String reset, String end) {
        portal.failing(
                request -> true, new Failure(429, "", Map.of("X-RateLimit-Limit", "600", "X-RateLimit-Reset", reset)));

        assertThat(register("--dry-run")).isEqualTo(1);

        assertThat(shell.err()).contains("429", "600 requests in an hour", end);
    }

    @Test
    void showsWhichParametersArInvalid() {
        portal.failing(
                request -> request.startsWith("POST"),
                new Failure(
                        400,
                        "{\"error\":{\"code\":1,\"message\":\"no\",\"invalid-params\":[{\"name\":\"eventTypes\",\"reason\":\"x is unknown\"}]}}",
                        Map.of()));

        assertThat(register("--apply", "--events", "x")).isEqualTo(1);

        assertThat(shell.err()).contains("eventTypes: x is unknown");
    }

    @ParameterizedTest
    @CsvSource({"500", "404"})
    void changesNothingWhereAPageIsLost(int status) {
        for (int i = 0; i < 5; i++) {
            portal.has("of others", "https://other.example.com/" + i, PRESENT, "teamserver.push");
        }
        portal.failing(request -> request.contains("after 2"), Failure.of(status, "lost"));

        assertThat(register("--apply")).isEqualTo(1);

        assertThat(portal.requests()).contains("GET /webhooks?cursor=after 2");
        assertThat(portal.changes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "<html>", "{\"webhooks\":[1]}", "{\"webhooks\":[{}],\"cursors\":{}}", ""})
    void changesNothingWhereAPageIsNone(String page) {
        portal.failing(request -> request.startsWith("GET"), new Failure(200, page, Map.of()));

        assertThat(register("--apply")).isEqualTo(1);

        assertThat(shell.err()).contains("the portal answered with");
        assertThat(portal.changes()).isEmpty();
    }

    @Test
    void doesNotFollowPagesForEver() {
        portal.failing(
                request -> request.startsWith("GET"),
                new Failure(200, "{\"webhooks\":[],\"cursors\":{\"next\":\"again\"}}", Map.of()));

        assertThat(register("--dry-run")).isEqualTo(1);

        assertThat(shell.err()).contains("pages that have no end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--app no-uuid",
                "--name a-b",
                "--events ,",
                "--portal http://portal.example.com",
                "--public-url http://hooks.example.com",
                "--token-file missing",
                "--webhook"
            })
    void refusesWhatCannotBe(String arguments) {
        List<String> all = new ArrayList<>(List.of("--dry-run"));
        all.addAll(List.of(arguments.split(" ")));

        assertThat(register(all.toArray(String[]::new))).isEqualTo(2);

        assertThat(portal.requests()).isEmpty();
    }

    @Test
    void refusesASecretThatThePortalDoesNotTake() throws IOException {
        String file = shell.file("short.secret", "whsec_short");

        assertThat(register("--dry-run", "--secret-file", file)).isEqualTo(2);
        assertThat(portal.requests()).isEmpty();
    }

    @Test
    void wantsAMode() {
        assertThat(register()).isEqualTo(2);
        assertThat(register("--apply", "--dry-run")).isEqualTo(2);
    }

    @Test
    void readsTheTokenFromAFileAndNeverShowsIt() throws IOException {
        String file = shell.file("portal.token", PortalStandIn.TOKEN + "\n");
        shell.with("MXHOOKS_PORTAL_TOKEN", "another");

        assertThat(register("--apply", "--token-file", file)).isZero();

        assertThat(shell.out() + shell.err()).doesNotContain(PortalStandIn.TOKEN, SECRET);
    }

    @Test
    void printsThePlanAsJson() {
        register("--apply");

        assertThat(register("--dry-run", "--json")).isZero();

        assertThat(shell.out())
                .contains("\"action\": \"none\"", "\"id\": \"mxep_1\"")
                .doesNotContain(SECRET);
    }

    private int register(String... arguments) {
        List<String> all = new ArrayList<>(List.of("register", "--endpoint", "deployments"));
        if (!List.of(arguments).contains("--app")) {
            all.addAll(List.of("--app", PortalStandIn.APP));
        }
        all.addAll(List.of(arguments));
        return shell.run(all.toArray(String[]::new));
    }

    /** The endpoint of an mxhooks: verifies by its secrets, and knows probes. */
    private static final class VerifyingEndpoint implements AutoCloseable {

        private static final Scheme SCHEME = Schemes.of("standard-webhooks", "auto");
        private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-05-04T10:00:00Z"));

        private final List<Boolean> probes = new CopyOnWriteArrayList<>();
        private final HttpServer server;
        private volatile List<String> secrets;

        VerifyingEndpoint(String secret) throws IOException {
            verifies(secret);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/mxhooks/hooks/deployments", this::answer);
            server.start();
        }

        String application() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/mxhooks";
        }

        String url() {
            return application() + "/hooks/deployments";
        }

        void verifies(String... accepted) {
            secrets = List.of(accepted);
        }

        List<Boolean> probes() {
            return probes;
        }

        private void answer(HttpExchange exchange) throws IOException {
            byte[] body = exchange.getRequestBody().readAllBytes();
            SignedRequest request = new SignedRequest(
                    name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)), body);
            boolean verified =
                    SCHEME.verify(request, secrets.stream().map(SCHEME::key).toList(), NOW)
                            instanceof Verdict.Authentic;
            probes.add(verified);
            byte[] answer = (verified
                            ? "{\"receipt\":\"probe\"}"
                            : "{\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"No.\"}")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(verified ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
