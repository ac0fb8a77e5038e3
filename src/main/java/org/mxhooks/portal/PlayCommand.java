package org.mxhooks.portal;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mxhooks.signature.SecretText;
import org.mxhooks.terminal.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code mxhooks-portal play}. */
@Command(
        name = "play",
        mixinStandardHelpOptions = true,
        description = {
            "Lets a team work in a portal that runs: it plans sprints, moves and splits stories, files bugs, pushes, uploads packages and has alerts.",
            "The same seed makes the same events; with --start and a new app the same bodies. Ends after --count steps, or with Ctrl-C."
        })
final class PlayCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final int MAX_SILENCE = 120;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seed", paramLabel = "NUMBER", defaultValue = "42", description = "Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            defaultValue = "5/s",
            description = "Steps per second or minute: 5/s, 30/min. Default: ${DEFAULT-VALUE}")
    private String rate;

    @Option(names = "--count", paramLabel = "N", description = "Steps. Default: no end")
    private Optional<Long> count = Optional.empty();

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description =
                    "Time of the first step, such as 2026-03-02T08:00:00Z. Default: each step has the time at which it is made")
    private Optional<Instant> start = Optional.empty();

    @Option(names = "--app", paramLabel = "UUID", description = "App to work in. Default: one of the seed's own")
    private Optional<String> app = Optional.empty();

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description = "Creates a webhook of the family projects, unless the app has one with this URL.")
    private Optional<String> webhook = Optional.empty();

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "File with the secret of --webhook. Default: a generated one")
    private Optional<Path> secretFile = Optional.empty();

    @Option(
            names = "--deployment-webhook",
            paramLabel = "URL",
            description = "Creates a webhook of the family deployment, unless the app has one with this URL.")
    private Optional<String> deploymentWebhook = Optional.empty();

    @Option(
            names = "--deployment-secret-file",
            paramLabel = "FILE",
            description = "File with the secret of --deployment-webhook. Default: a generated one")
    private Optional<Path> deploymentSecretFile = Optional.empty();

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:" + MxhooksPortal.DEFAULT_PORT,
            description = "The portal. Default: ${DEFAULT-VALUE}")
    private URI url;

    private HttpClient client;

    @Override
    public Integer call() throws PortalFailure, InterruptedException {
        if (PlayRate.of(rate).isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--rate must be %s.".formatted(PlayRate.ALLOWED));
        }
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
        JsonObject play = send(request("/api/plays")
                .POST(BodyPublishers.ofString(wish().toString()))
                .build());
        long id = play.getJsonNumber("id").longValue();
        spec.commandLine()
                .getOut()
                .println("Play %s in app %s, %s".formatted(id, Printable.line(play.getString("app")), rate));
        Thread stopping = new Thread(() -> stop(id));
        Runtime.getRuntime().addShutdownHook(stopping);
        JsonObject ended = follow(id);
        Runtime.getRuntime().removeShutdownHook(stopping);
        spec.commandLine()
                .getOut()
                .println("%s after %s steps".formatted(ended.getString("state"), ended.getJsonNumber("done")));
        return ExitCode.OK;
    }

    private JsonObject wish() throws PortalFailure {
        JsonObjectBuilder wish =
                PortalJson.BUILDERS.createObjectBuilder().add("seed", seed).add("rate", rate);
        count.ifPresent(steps -> wish.add("count", steps));
        start.ifPresent(time -> wish.add("start", time.toString()));
        app.ifPresent(id -> wish.add("app", id));
        JsonArrayBuilder webhooks = PortalJson.BUILDERS.createArrayBuilder();
        if (webhook.isPresent()) {
            webhooks.add(webhook(WebhookFamily.PROJECTS, webhook.get(), secretFile));
        }
        if (deploymentWebhook.isPresent()) {
            webhooks.add(webhook(WebhookFamily.DEPLOYMENT, deploymentWebhook.get(), deploymentSecretFile));
        }
        return wish.add("webhooks", webhooks).build();
    }

    private JsonObject webhook(WebhookFamily family, String target, Optional<Path> file) throws PortalFailure {
        JsonObjectBuilder json = PortalJson.BUILDERS
                .createObjectBuilder()
                .add("family", family.text())
                .add("url", target);
        if (file.isPresent()) {
            json.add("secret", secret(file.get()));
        }
        return json.build();
    }

    private String secret(Path file) {
        try {
            return SecretText.in(file);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the file %s with a secret cannot be read (%s)."
                            .formatted(file, e.getClass().getSimpleName()));
        }
    }

    /** A portal that is started again meanwhile continues the play. */
    private JsonObject follow(long id) throws PortalFailure, InterruptedException {
        int silence = 0;
        while (true) {
            try {
                JsonObject play = send(request("/api/plays/" + id).GET().build());
                silence = 0;
                if (!play.getString("state").equals(Play.RUNNING)) {
                    return play;
                }
            } catch (PortalFailure noAnswer) {
                if (++silence > MAX_SILENCE) {
                    throw noAnswer;
                }
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private void stop(long id) {
        try {
            send(request("/api/plays/" + id).DELETE().build());
        } catch (PortalFailure | InterruptedException unreachable) {
            spec.commandLine().getErr().println("mxhooks-portal: play %s was not stopped.".formatted(id));
        }
    }

    private HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(URI.create(url.toString().replaceFirst("/+$", "") + path))
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json");
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--url must be the http URL of a portal, such as http://127.0.0.1:8090.");
        }
    }

    private JsonObject send(HttpRequest request) throws PortalFailure, InterruptedException {
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            JsonObject json = parse(answer.body());
            if (answer.statusCode() / 100 != 2) {
                throw new PortalFailure(
                        "the portal refused: %s".formatted(json.getString("detail", "status " + answer.statusCode())));
            }
            return json;
        } catch (IOException e) {
            throw new PortalFailure(
                    "no portal answers at %s. Start one with java -jar mxhooks-portal.jar, or pass --url."
                            .formatted(url),
                    e);
        }
    }

    private JsonObject parse(String body) throws PortalFailure {
        try (JsonReader reader = JsonInput.READERS.createReader(new StringReader(body))) {
            return reader.readObject();
        } catch (RuntimeException noObject) {
            throw new PortalFailure("what answers at %s is no portal. Pass its --url.".formatted(url), noObject);
        }
    }
}
