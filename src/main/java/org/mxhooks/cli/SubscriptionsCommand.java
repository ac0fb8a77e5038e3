package org.mxhooks.cli;

import static java.util.stream.Collectors.joining;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.terminal.Fields;
import org.mxhooks.terminal.Printable;
import org.mxhooks.terminal.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code mxhooks subscriptions}. */
@Command(
        name = "subscriptions",
        description =
                "Lists the subscriptions to which deliveries are sent on; creates, tests, pauses and deletes one.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks subscriptions",
            "  mxhooks subscriptions create --name builds --to https://build.example.com/hooks --events teamserver.push,stories --format standard-webhooks",
            "  mxhooks subscriptions attempts builds",
            "A subscription is named by its name or its id, as the list shows them."
        })
final class SubscriptionsCommand extends ApiCommand {

    private static final String PATH = "subscriptions";
    private static final String ID = "SUBSCRIPTION";
    private static final String ITS_ID = "Its name or its id, as the list shows them.";
    private static final List<Column> COLUMNS = List.of(
            Column.name("ID", "id"),
            Column.text("NAME", subscription -> Fields.text(subscription, "name")),
            Column.state("STATE", subscription -> Fields.text(subscription, "state")),
            Column.text("EVENTS", SubscriptionsCommand::events),
            Column.of("FINGERPRINT", subscription -> Fields.text(subscription, "secretFingerprint")),
            Column.text("URL", subscription -> Fields.text(subscription, "url")));
    private static final List<Column> ATTEMPTS = List.of(
            Column.of("STARTED", attempt -> Fields.time(attempt, "startedAt")),
            Column.name("DELIVERY", "delivery"),
            Column.of("STATUS", attempt -> Fields.text(attempt, "status")),
            Column.number("MS", "durationMs"),
            Column.of("NEXT ATTEMPT", attempt -> Fields.time(attempt, "nextAttemptAt")),
            Column.text("ANSWER", SubscriptionsCommand::error));

    private final Environment environment;

    SubscriptionsCommand(Environment environment) {
        super(environment);
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        return list();
    }

    @Command(description = "Lists all.", footer = "  mxhooks subscriptions list")
    int list() throws CommandFailure, InterruptedException {
        output.print(api().get(Api.path(PATH), Map.of()), COLUMNS);
        return ExitCode.OK;
    }

    @Command(
            description = "Shows one in full, and whether its subscriber is called.",
            footer = "  mxhooks subscriptions show builds")
    int show(@Parameters(paramLabel = ID, description = ITS_ID) String named)
            throws CommandFailure, InterruptedException {
        Api api = api();
        JsonObject subscription = JsonShape.object(api.get(path(api, named), Map.of()));
        if (output.isJson()) {
            output.print(subscription);
        } else {
            new SubscriptionReport(subscription).print(output.out());
        }
        return ExitCode.OK;
    }

    @Command(
            description = "Creates one, and prints its secret, this once.",
            footer =
                    "  mxhooks subscriptions create --name builds --to https://build.example.com/hooks --events stories")
    int create(
            @Option(names = "--name", paramLabel = "NAME", required = true, description = "For people; unique.")
                    String name,
            @Option(
                            names = "--to",
                            paramLabel = "URL",
                            required = true,
                            description =
                                    "URL that deliveries are posted to; https, and a public address unless mxhooks.relay.allow names it.")
                    String to,
            @Option(
                            names = "--events",
                            paramLabel = "NAMES",
                            required = true,
                            split = ",",
                            description =
                                    "Comma-separated categories: sprints, stories, teamserver.push, package.uploaded, alerts, unknown.")
                    List<String> events,
            @Option(
                            names = "--format",
                            paramLabel = "NAME",
                            description = "How deliveries are signed: projects (default) or standard-webhooks.")
                    Optional<String> format,
            @Option(
                            names = "--secret-file",
                            paramLabel = "FILE",
                            description = "File with the secret. Default: one is generated.")
                    Optional<String> secretFile,
            @Option(names = "--paused", description = "Sends nothing until it is resumed.") boolean paused)
            throws CommandFailure, InterruptedException {
        JsonObjectBuilder body = Json.createObjectBuilder()
                .add("name", name)
                .add("url", to)
                .add("events", Json.createArrayBuilder(events))
                .add("active", !paused);
        format.ifPresent(scheme -> body.add("format", scheme));
        secret(secretFile).ifPresent(secret -> body.add("secret", secret));
        return showSecret(api().post(Api.path(PATH), body.build()));
    }

    @Command(
            description = "Sends nothing until it is resumed; what arrives is kept.",
            footer = "  mxhooks subscriptions pause builds")
    int pause(@Parameters(paramLabel = ID, description = ITS_ID) String named)
            throws CommandFailure, InterruptedException {
        Api api = api();
        return show(api.post(path(api, named) + "/pause", Map.of()));
    }

    @Command(description = "Continues where it stood.", footer = "  mxhooks subscriptions resume builds")
    int resume(@Parameters(paramLabel = ID, description = ITS_ID) String named)
            throws CommandFailure, InterruptedException {
        Api api = api();
        return show(api.post(path(api, named) + "/resume", Map.of()));
    }

    @Command(
            description = "Sends a signed probe at once. The exit code is 1 unless the answer is 2xx.",
            footer = "  mxhooks subscriptions test builds")
    int test(@Parameters(paramLabel = ID, description = ITS_ID) String named)
            throws CommandFailure, InterruptedException {
        Api api = api();
        JsonObject attempt = JsonShape.object(api.post(path(api, named) + "/test", Map.of()));
        output.print(Json.createArrayBuilder().add(attempt).build(), ATTEMPTS);
        return Fields.number(attempt, "status") / 100 == 2 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    @Command(
            name = "rotate-secret",
            description = "Sets another secret, or generates one, and prints it, this once.",
            footer = "  mxhooks subscriptions rotate-secret builds")
    int rotateSecret(
            @Parameters(paramLabel = ID, description = ITS_ID) String named,
            @Option(
                            names = "--secret-file",
                            paramLabel = "FILE",
                            description = "File with the secret. Default: one is generated.")
                    Optional<String> secretFile)
            throws CommandFailure, InterruptedException {
        JsonObjectBuilder body = Json.createObjectBuilder();
        secret(secretFile).ifPresent(secret -> body.add("secret", secret));
        Api api = api();
        return showSecret(api.post(path(api, named) + "/rotate-secret", body.build()));
    }

    @Command(
            name = "re-encrypt",
            description =
                    "Encrypts all secrets under the current mxhooks.relay.key. The exit code is 1 if no key that is set opens some of them.",
            footer = "  mxhooks subscriptions re-encrypt")
    int reEncrypt() throws CommandFailure, InterruptedException {
        JsonObject ended = JsonShape.object(api().post(Api.path(PATH, "re-encrypt"), Map.of()));
        long remaining = Fields.number(ended, "remaining");
        if (output.isJson()) {
            output.print(ended);
        } else {
            output.out()
                    .println("re-encrypted: %s, still under another key: %s"
                            .formatted(Fields.number(ended, "reEncrypted"), remaining));
        }
        if (remaining > 0) {
            output.note("Set the key of those that remain as mxhooks.relay.previous-key and repeat, or delete them.");
        }
        return remaining == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    @Command(
            description = "Deletes one with what it has not been sent; asks for confirmation.",
            footer = "  mxhooks subscriptions delete builds --yes")
    int delete(
            @Parameters(paramLabel = ID, description = ITS_ID) String named,
            @Option(names = "--yes", description = "Does not ask for confirmation; required without a terminal.")
                    boolean yes)
            throws CommandFailure, InterruptedException {
        Api api = api();
        String path = path(api, named);
        String name = Fields.text(JsonShape.object(api.get(path, Map.of())), "name");
        if (!yes) {
            new Confirmation(environment, output)
                    .demand("Delete the subscription %s, with what it has not been sent?".formatted(name), "deleted");
        }
        api.delete(path);
        output.note("%s is deleted.".formatted(name));
        return ExitCode.OK;
    }

    @Command(
            description = "Lists what was sent, the newest first.",
            footer = "  mxhooks subscriptions attempts builds --all")
    int attempts(@Parameters(paramLabel = ID, description = ITS_ID) String named, @Mixin ListOptions options)
            throws CommandFailure, InterruptedException {
        Api api = api();
        options.print(api, path(api, named) + "/attempts", "attempts", new RequestParameters(), ATTEMPTS, output);
        return ExitCode.OK;
    }

    private static String path(Api api, String named) throws CommandFailure, InterruptedException {
        return Api.path(PATH, new SubscriptionLookup(api).id(named));
    }

    private Optional<String> secret(Optional<String> file) throws CommandFailure {
        Optional<String> named = file.flatMap(Environment::set);
        return named.isPresent()
                ? Optional.of(new SecretFile("secret", named, "--secret-file", environment.home()).text())
                : Optional.empty();
    }

    private int showSecret(JsonValue answer) throws CommandFailure {
        int exitCode = show(answer);
        if (!output.isJson()) {
            output.out().println(Printable.line("secret: " + Fields.text(JsonShape.object(answer), "secret")));
            output.note("The secret is not shown again.");
        }
        return exitCode;
    }

    private int show(JsonValue subscription) throws CommandFailure {
        if (output.isJson()) {
            output.print(subscription);
        } else {
            output.table(COLUMNS).print(List.of(JsonShape.object(subscription)));
        }
        return ExitCode.OK;
    }

    private static String events(JsonObject subscription) {
        return subscription.get("events") instanceof JsonArray events
                ? events.stream()
                        .filter(JsonString.class::isInstance)
                        .map(event -> ((JsonString) event).getString())
                        .collect(joining(", "))
                : "";
    }

    private static String error(JsonObject attempt) {
        String error = Fields.text(attempt, "error");
        return error.isEmpty() ? Fields.text(attempt, "responseExcerpt") : error;
    }
}
