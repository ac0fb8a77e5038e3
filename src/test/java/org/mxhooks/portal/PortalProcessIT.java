package org.mxhooks.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.Ports;
import org.mxhooks.journey.ForeignSigner;
import org.mxhooks.portal.Subscriber.Call;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;
import org.mxhooks.signature.Verdict;

/** The jar, as a process that is killed, and as others see it. */
@Tag("process")
class PortalProcessIT {

    private static final int STEPS = 600;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SECRET = "a portal secret – ünïcode ✓";
    private static final String DEPLOYMENT_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final int port = Ports.free();
    private final List<PortalProcess> processes = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path home;
    private Subscriber subscriber;

    @BeforeEach
    void start() throws IOException {
        home = directory.resolve("home");
        subscriber = new Subscriber();
    }

    @AfterEach
    void stop() {
        processes.forEach(PortalProcess::close);
        subscriber.close();
    }

    /** Every seventh attempt is refused, so that some deliveries wait for others. */
    @Test
    void nothingIsLostOrMadeAnewByKills() {
        subscriber.answers(call -> subscriber.calls().size() % 7 == 3 ? 503 : 202);
        PortalProcess portal = started(PortalProcess.portal(home, port));
        post("api/plays", play(""));
        for (int calls : new int[] {60, 200, 340}) {
            await().atMost(PATIENCE).until(() -> subscriber.calls().size() >= calls);
            portal.close();
            portal = started(PortalProcess.portal(home, port));
        }
        await().atMost(PATIENCE)
                .until(() -> get("api/plays/1").getString("state").equals("finished"));
        await().atMost(PATIENCE)
                .until(() -> get("api/deliveries?state=waiting")
                        .getJsonArray("deliveries")
                        .isEmpty());

        demandSameBytesOfEachId();
        demandOrder();
        playUninterrupted();
        assertThat(bodies("/projects")).isEqualTo(bodies("/other/projects"));
        assertThat(bodies("/deployment")).isEqualTo(bodies("/other/deployment"));
        demandLastStates();
    }

    private void demandSameBytesOfEachId() {
        Map<String, String> bodies = new HashMap<>();
        subscriber
                .calls()
                .forEach(call -> assertThat(bodies.merge(call.id(), call.text(), (first, next) -> first))
                        .isEqualTo(call.text()));
        assertThat(new HashSet<>(bodies.values())).hasSameSizeAs(bodies.keySet());
    }

    /** Repetitions aside, a resource's states arrive in the order in which it had them. */
    private void demandOrder() {
        Map<String, String> last = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (Call call : subscriber.accepted("/projects")) {
            if (seen.add(call.id())) {
                String before = last.put(call.resource().orElseThrow(), call.updatedAt());
                assertThat(call.updatedAt()).isGreaterThan(before == null ? "" : before);
            }
        }
    }

    private void demandLastStates() {
        Map<String, JsonObject> last = new HashMap<>();
        subscriber
                .accepted("/projects")
                .forEach(call -> last.put(call.resource().orElseThrow(), call.json()));
        String app = get("api/apps").getJsonArray("apps").getJsonObject(0).getString("id");
        List<JsonObject> stories = get("api/apps/%s/stories".formatted(app))
                .getJsonArray("stories")
                .getValuesAs(JsonObject.class);
        assertThat(stories).isNotEmpty().allSatisfy(story -> {
            JsonObject event = last.get("story " + story.getInt("id"));
            assertThat(event.getJsonObject("Story").getString("Status")).isEqualTo(story.getString("status"));
            assertThat(event.getJsonObject("Meta").getString("UpdatedAt")).isEqualTo(story.getString("updatedAt"));
        });
    }

    private Set<String> bodies(String path) {
        Set<String> bodies = new TreeSet<>();
        subscriber.accepted(path).forEach(call -> bodies.add(call.text()));
        assertThat(bodies).isNotEmpty();
        return bodies;
    }

    private void playUninterrupted() {
        try (RunningPortal other = new RunningPortal(directory.resolve("other"))) {
            other.post("api/plays", play("/other"));
            await().atMost(PATIENCE)
                    .until(() -> other.get("api/plays/1").getString("state").equals("finished"));
            await().atMost(PATIENCE)
                    .until(() -> other.get("api/deliveries?state=waiting")
                            .getJsonArray("deliveries")
                            .isEmpty());
        }
    }

    private String play(String path) {
        return """
               {"seed":42,"rate":"100/s","count":%s,"start":"2026-03-02T08:00:00Z","webhooks":[
                 {"family":"projects","url":"%s","secret":"%s"},{"family":"deployment","url":"%s","secret":"%s"}]}
               """.formatted(
                        STEPS,
                        subscriber.url(path + "/projects"),
                        SECRET,
                        subscriber.url(path + "/deployment"),
                        DEPLOYMENT_SECRET);
    }

    @Test
    void whatItSendsIsVerifiedByOthers() throws Exception {
        assumeThat(ForeignSigner.isAvailable()).isTrue();
        ForeignSigner.install();
        started(PortalProcess.portal(home, port));
        Path secret = Files.writeString(directory.resolve("secret"), SECRET + "\n");
        Path deploymentSecret = Files.writeString(directory.resolve("deployment"), DEPLOYMENT_SECRET);

        PortalProcess play = started(PortalProcess.start(
                directory.resolve("play.log"),
                "mxhooks-portal.jar",
                "play",
                "--url=http://127.0.0.1:" + port,
                "--rate=100/s",
                "--count=60",
                "--webhook=" + subscriber.url("/projects"),
                "--secret-file=" + secret,
                "--deployment-webhook=" + subscriber.url("/deployment"),
                "--deployment-secret-file=" + deploymentSecret));

        assertThat(play.exitCode()).as(play.output()).isZero();
        assertThat(play.output()).contains("finished after 60 steps").doesNotContain(SECRET, DEPLOYMENT_SECRET);
        await().atMost(PATIENCE)
                .until(() -> !subscriber.accepted("/deployment").isEmpty()
                        && !subscriber.accepted("/projects").isEmpty());
        Call delivery = subscriber.accepted("/deployment").get(0);
        for (String library : List.of("standardwebhooks", "svix")) {
            assertThat(new ForeignSigner(library)
                            .verifies(
                                    DEPLOYMENT_SECRET,
                                    delivery.header("webhook-id").orElseThrow(),
                                    delivery.header("webhook-timestamp").orElseThrow(),
                                    delivery.header("webhook-signature").orElseThrow(),
                                    delivery.text()))
                    .as(library)
                    .isTrue();
        }
        Call story = subscriber.accepted("/projects").get(0);
        String signature = story.header("MxAPI-Signature").orElseThrow();
        assertThat(ForeignSigner.verifiesProjects(SECRET, signature, story.text()))
                .isTrue();
        assertThat(ForeignSigner.verifiesProjects(SECRET, signature, story.text() + " "))
                .isFalse();
    }

    /** The second run finds nothing to change. */
    @Test
    void theCommandLineRegistersAnEndpoint() throws Exception {
        started(PortalProcess.portal(home, port));
        String app = post("api/apps", "{\"name\":\"Order Desk\"}").getString("id");
        Path secret = Files.writeString(directory.resolve("secret"), DEPLOYMENT_SECRET);
        subscriber.answers(PortalProcessIT::probed);

        assertThat(register(app, secret)).contains("create webhook", "Created.");
        assertThat(register(app, secret)).contains("nothing to change");

        post("api/apps/%s/pushes".formatted(app), "{\"message\":\"m\"}");
        await().atMost(PATIENCE)
                .until(() ->
                        subscriber.calls().stream().anyMatch(call -> call.text().contains("teamserver.push")));
    }

    private String register(String app, Path secret) throws InterruptedException {
        PortalProcess register = started(PortalProcess.start(
                directory.resolve("register.log"),
                "mxhooks-cli.jar",
                "register",
                "--app=" + app,
                "--endpoint=deployments",
                "--secret-file=" + secret,
                "--portal=http://127.0.0.1:%s/v1".formatted(port),
                "--token-file=" + home.resolve("portal.token"),
                "--url=" + subscriber.url("/mxhooks"),
                "--apply"));
        assertThat(register.exitCode()).as(register.output()).isZero();
        return register.output();
    }

    private static int probed(Call call) {
        Scheme scheme = Schemes.of("standard-webhooks");
        return scheme.verify(call.signed(), List.of(scheme.key(DEPLOYMENT_SECRET)), Instant::now)
                        instanceof Verdict.Authentic
                ? 200
                : 401;
    }

    @Test
    void whatItCannotUseIsSaidInOneLine() throws Exception {
        started(PortalProcess.portal(home, port));
        Path file = Files.writeString(directory.resolve("file"), "");

        demandFailure(
                1,
                "port %s is in use.".formatted(port),
                "--home",
                directory.resolve("b").toString(),
                "--port",
                "" + port);
        demandFailure(1, "is in use by another portal.", "--home", home.toString(), "--port", "0");
        demandFailure(1, "cannot be written", "--home", file.toString(), "--port", "0");
        demandFailure(2, "--port", "--port", "many");
        demandFailure(2, "--port must be between 0 and 65535.", "--port", "70000");
        demandFailure(2, "Write a token into it.", "--token-file", "no-such-file");
        demandFailure(2, "--rate must be", "play", "--rate", "fast");
        demandFailure(1, "no portal answers at http://127.0.0.1:1.", "play", "--url", "http://127.0.0.1:1");
    }

    private void demandFailure(int exitCode, String text, String... arguments) throws InterruptedException {
        PortalProcess failed =
                started(PortalProcess.start(directory.resolve("failed.log"), "mxhooks-portal.jar", arguments));
        assertThat(failed.exitCode()).as(failed.output()).isEqualTo(exitCode);
        assertThat(failed.output())
                .startsWith("mxhooks-portal: ")
                .contains(text)
                .hasLineCount(1);
    }

    private PortalProcess started(PortalProcess process) {
        processes.add(process);
        return process;
    }

    private JsonObject get(String path) {
        return RunningPortal.parse(RunningPortal.send(request(path).GET()).body());
    }

    private JsonObject post(String path, String body) {
        return RunningPortal.parse(RunningPortal.send(request(path).POST(BodyPublishers.ofString(body)))
                .body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/%s".formatted(port, path)))
                .header("Content-Type", "application/json");
    }
}
