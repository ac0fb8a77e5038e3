package org.mxhooks.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.mxhooks.cli.WebhookRegistration.Plan;
import org.mxhooks.terminal.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code mxhooks register}. */
@Command(
        name = "register",
        description = {
            "Creates or changes the webhook of an app in the portal, so that it sends to an endpoint of the scheme standard-webhooks.",
            "Before it changes URL or secret it asks the endpoint whether it verifies deliveries with the new secret."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks register --app 6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77 --endpoint deployments --secret-file deployments.secret --dry-run",
            "  mxhooks register --app 6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77 --endpoint deployments --secret-file deployments.secret --apply",
            "Set MXHOOKS_PORTAL_URL, MXHOOKS_PORTAL_TOKEN_FILE and MXHOOKS_URL, or pass --portal, --token-file and --url.",
            "To rotate a secret: set the endpoint's previous-secret to the present one and secret to the new one, then run this with --apply."
        },
        exitCodeList = {
            "0:the portal has it, or the plan is shown",
            "1:refused by the portal or by the endpoint",
            "2:wrong usage, or a file cannot be read",
            "3:no answer"
        })
final class RegisterCommand implements Callable<Integer> {

    private static final String SCHEME = "standard-webhooks";
    private static final String PORTAL_URL = "MXHOOKS_PORTAL_URL";
    private static final String PUBLIC_URL = "MXHOOKS_PUBLIC_URL";

    /** As the portal's description demands. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_ ]+");

    private static final Pattern SECRET = Pattern.compile("(whsec_)?[a-zA-Z0-9+/=]{32,100}");

    private final Environment environment;

    @Mixin
    private final OutputOptions output;

    @Mixin
    private final EndpointOptions endpoint;

    @Mixin
    private final SigningOptions signing;

    @Option(names = "--app", paramLabel = "UUID", required = true, description = "The app's id in the portal.")
    private String app;

    @Option(names = "--dry-run", description = "Shows what would be changed.")
    private boolean dryRun;

    @Option(names = "--apply", description = "Changes it.")
    private boolean apply;

    @Option(
            names = "--portal",
            paramLabel = "URL",
            description = "URL of the portal's Webhooks API, up to /apps. Default: MXHOOKS_PORTAL_URL")
    private String portal;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "File with a personal access token of the portal that has the scopes mx:webhook:read and mx:webhook:write. "
                            + "Default: MXHOOKS_PORTAL_TOKEN_FILE; the token itself can be in MXHOOKS_PORTAL_TOKEN")
    private String tokenFile;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description =
                    "URL of the application as the portal reaches it, https. Default: MXHOOKS_PUBLIC_URL, otherwise --url")
    private String publicUrl;

    @Option(
            names = "--events",
            paramLabel = "NAMES",
            description =
                    "Comma-separated event types, as the portal names them. Default: teamserver.push,package.uploaded for a new "
                            + "webhook; one that is there keeps its own")
    private Optional<String> events;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "Name in the portal: letters, digits, underscores and spaces. Default: mxhooks and the endpoint's name; one that is there keeps its own")
    private Optional<String> name;

    @Option(
            names = "--webhook",
            paramLabel = "ID",
            description = "Id of the webhook to change. Default: the one with the endpoint's URL, otherwise a new one")
    private Optional<String> webhook;

    RegisterCommand(Environment environment) {
        this.environment = environment;
        output = new OutputOptions(environment.terminal());
        endpoint = new EndpointOptions(environment);
        signing = new SigningOptions(environment);
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        if (dryRun == apply) {
            throw CommandFailure.unusable("pass exactly one of --dry-run and --apply.", null);
        }
        Signer signer = signing.signer(endpoint.name(), SCHEME);
        WebhookRegistration registration = registration();
        WebhooksApi webhooks =
                new WebhooksApi(portal(), app(), PortalToken.read(environment, "--token-file", tokenFile));
        Plan plan = registration.plan(webhooks);
        show(plan);
        if (apply && !plan.isEmpty()) {
            if (plan.changesDeliveries()) {
                demandVerified(new EndpointProbe(endpoint.address(), signer));
                warnOfPresentSecret(plan, signer);
            }
            registration.apply(plan, webhooks);
            output.note(plan.id().isPresent() ? "Changed." : "Created.");
        }
        return ExitCode.OK;
    }

    private WebhookRegistration registration() throws CommandFailure {
        String byDefault = "mxhooks " + endpoint.name().replace('-', '_');
        return new WebhookRegistration(
                publicUrl().uri().toString(),
                name(),
                eventTypes(),
                secret(),
                byDefault,
                webhook.flatMap(Environment::set));
    }

    private UUID app() throws CommandFailure {
        if (!app.strip().matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw CommandFailure.unusable("--app must be a UUID, as the portal shows it in the app's settings.", null);
        }
        return UUID.fromString(app.strip());
    }

    private ServerUrl portal() throws CommandFailure {
        return encrypted(
                ServerUrl.of(environment
                        .given(portal, PORTAL_URL)
                        .orElseThrow(() -> CommandFailure.unusable(
                                "no URL of the portal's Webhooks API. Pass --portal, or set %s.".formatted(PORTAL_URL),
                                null))),
                "the portal's token would go to");
    }

    private ServerUrl publicUrl() throws CommandFailure {
        Optional<String> given = environment.given(publicUrl, PUBLIC_URL);
        ServerUrl address = given.isPresent()
                ? ServerUrl.of(given.get()).application().endpoint(endpoint.name())
                : endpoint.address();
        return encrypted(address, "the portal would send to");
    }

    private static ServerUrl encrypted(ServerUrl address, String otherwise) throws CommandFailure {
        if (!address.isEncrypted() && !address.isThisMachine()) {
            throw CommandFailure.unusable(
                    "%s %s without HTTPS. Pass an https URL; http is for this machine.".formatted(otherwise, address),
                    null);
        }
        return address;
    }

    private Optional<String> name() throws CommandFailure {
        Optional<String> typed = name.flatMap(Environment::set);
        if (typed.isPresent() && !NAME.matcher(typed.get()).matches()) {
            throw CommandFailure.unusable(
                    "--name must have letters of A to Z, digits, underscores and spaces only.", null);
        }
        return typed;
    }

    private Optional<Set<String>> eventTypes() throws CommandFailure {
        if (events.isEmpty()) {
            return Optional.empty();
        }
        Set<String> types = new TreeSet<>();
        Arrays.stream(events.get().split(","))
                .map(String::strip)
                .filter(type -> !type.isEmpty())
                .forEach(types::add);
        if (types.isEmpty()) {
            throw CommandFailure.unusable("--events is empty. Pass event types, or omit it.", null);
        }
        return Optional.of(types);
    }

    private String secret() throws CommandFailure {
        SecretFile file = signing.file(endpoint.name());
        String secret = file.text();
        if (!SECRET.matcher(secret).matches()) {
            throw CommandFailure.unusable(
                    "the portal does not take the secret in %s: it must have 32 to 100 characters of Base64, with or without whsec_ before them. Make one: printf 'whsec_%%s' \"$(openssl rand -base64 32)\""
                            .formatted(file),
                    null);
        }
        return secret;
    }

    private void demandVerified(EndpointProbe probe) throws CommandFailure, InterruptedException {
        Answer answer = probe.send();
        if (!answer.isProbe()) {
            throw CommandFailure.refused(
                    "the endpoint does not verify the secret in %s yet, so the portal was not changed: %s Set mxhooks.endpoint.%s.secret to it and scheme to %s. For a new endpoint, add its name to mxhooks.endpoints and restart mxhooks; for a rotation, set previous-secret to the present one."
                            .formatted(signing.file(endpoint.name()), probe.problem(answer), endpoint.name(), SCHEME));
        }
    }

    /** What the portal sends again after the change is still signed with it. */
    private void warnOfPresentSecret(Plan plan, Signer signer) throws CommandFailure, InterruptedException {
        Optional<String> present = plan.current()
                .map(Webhook::secret)
                .filter(secret -> !secret.equals(plan.wanted().secret()));
        if (present.isPresent() && !isVerified(present.get(), signer)) {
            output.note(
                    "Warning: the endpoint does not verify the portal's present secret: what the portal sends again stays refused. Set mxhooks.endpoint.%s.previous-secret to it."
                            .formatted(endpoint.name()));
        } else if (present.isPresent()) {
            output.note(
                    "Keep mxhooks.endpoint.%s.previous-secret until the portal sends nothing again that it signed before."
                            .formatted(endpoint.name()));
        }
    }

    private boolean isVerified(String secret, Signer signer) throws CommandFailure, InterruptedException {
        try {
            Signer present = new Signer(signer.scheme(), signer.scheme().key(secret), signer.clock());
            return new EndpointProbe(endpoint.address(), present).send().isProbe();
        } catch (IllegalArgumentException noKey) {
            return false;
        }
    }

    private void show(Plan plan) {
        if (output.isJson()) {
            output.print(json(plan));
            return;
        }
        output.out().println(Printable.line("App %s: %s".formatted(app, action(plan))));
        plan.changes().forEach(change -> output.out().println("  " + Printable.line(change)));
        plan.others()
                .forEach((id, other) -> output.out()
                        .println("  "
                                + Printable.line("leaves alone %s %s".formatted(id, other.getString("name", "")))));
    }

    private static String action(Plan plan) {
        if (plan.isEmpty()) {
            return "nothing to change, webhook %s".formatted(plan.id().orElseThrow());
        }
        return plan.id()
                .map(id -> "change webhook %s, %s".formatted(id, plan.wanted().name()))
                .orElseGet(() -> "create %s for %s"
                        .formatted(
                                plan.wanted(), String.join(", ", plan.wanted().eventTypes())));
    }

    private static JsonObject json(Plan plan) {
        List<String> changes = plan.changes();
        JsonArrayBuilder others = Json.createArrayBuilder(plan.others().keySet());
        var json = Json.createObjectBuilder()
                .add("action", plan.isEmpty() ? "none" : plan.id().isPresent() ? "change" : "create")
                .add("name", plan.wanted().name())
                .add("url", plan.wanted().url())
                .add("eventTypes", Json.createArrayBuilder(plan.wanted().eventTypes()))
                .add("changes", Json.createArrayBuilder(changes))
                .add("others", others);
        plan.id().ifPresent(id -> json.add("id", id));
        return json.build();
    }
}
