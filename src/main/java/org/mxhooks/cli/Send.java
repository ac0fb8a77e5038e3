package org.mxhooks.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.mxhooks.signature.KeyDerivation;
import org.mxhooks.signature.ProjectsSignature;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code mxhooks send}. */
@Command(
        name = "send",
        description = "Signs a body as the portal does, sends it and shows the answer.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:accepted, or known already",
            "1:another answer",
            "2:not understood, or the file or the secret cannot be read",
            "3:no answer"
        })
final class Send implements Callable<Integer> {

    private static final String GENERATED_SECRET = "endpoint-default.secret";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final Path home;
    private final InstantSource clock;

    @Spec
    private CommandSpec command;

    @Parameters(
            paramLabel = "BODY",
            description = {
                "A file, sent as it is, or a sample, sent with the present time:",
                "story-created, story-updated, sprint-created, sprint-updated."
            })
    private String name;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080/mxhooks/hooks/default",
            description = {"The endpoint. Default:", "${DEFAULT-VALUE}"})
    private URI url;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "Holds the endpoint's secret. Default: what a local mxhooks generated, "
                    + "endpoint-default.secret in MXHOOKS_HOME or else ~/.mxhooks")
    private Optional<Path> secretFile;

    @Option(
            names = "--key-derivation",
            paramLabel = "NAME",
            defaultValue = "sha256-50",
            converter = DerivationName.class,
            description = "sha256-50, sha256 or raw, as set for the endpoint. Default: ${DEFAULT-VALUE}")
    private KeyDerivation derivation;

    Send(Path home, InstantSource clock) {
        this.home = home;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        Delivery delivery = new Delivery(body(), UUID.randomUUID());
        Answer answer = send(request(delivery, signature()));
        command.commandLine().getOut().println(answer.text());
        return answer.exitCode();
    }

    private byte[] body() throws Failure {
        Optional<Sample> sample = Sample.named(name);
        return sample.isPresent() ? sample.get().body(clock.instant()) : file();
    }

    private byte[] file() throws Failure {
        try {
            return Files.readAllBytes(Path.of(name));
        } catch (IOException | InvalidPathException e) {
            throw Failure.unusable(
                    "cannot read the file %s (%s). The samples are: %s".formatted(name, reason(e), Sample.names()), e);
        }
    }

    private ProjectsSignature signature() throws Failure {
        Path file = secretFile.orElse(home.resolve(GENERATED_SECRET));
        try {
            return new ProjectsSignature(withoutLineEnd(Files.readString(file)), derivation);
        } catch (IOException | IllegalArgumentException e) {
            throw Failure.unusable(
                    "no secret in %s (%s). Start mxhooks, which generates %s in %s, or pass --secret-file."
                            .formatted(file, reason(e), GENERATED_SECRET, home),
                    e);
        }
    }

    private HttpRequest request(Delivery delivery, ProjectsSignature signature) throws Failure {
        try {
            return delivery.to(url, signature).timeout(ANSWER_TIMEOUT).build();
        } catch (IllegalArgumentException e) {
            throw Failure.unusable("cannot send to %s (%s). Pass an http or https --url.".formatted(url, reason(e)), e);
        }
    }

    private Answer send(HttpRequest request) throws Failure, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        try {
            return Answer.of(client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw Failure.noAnswer(
                    "no answer from %s (%s). Is mxhooks running there? Start it, or pass --url."
                            .formatted(url, reason(e)),
                    e);
        }
    }

    /** Editors and echo end a file with a line end that nobody typed into the portal. */
    private static String withoutLineEnd(String text) {
        return text.replaceFirst("\\r?\\n\\z", "");
    }

    private static String reason(Exception e) {
        return e instanceof NoSuchFileException ? "no such file" : e.toString();
    }

    private static final class DerivationName implements ITypeConverter<KeyDerivation> {
        @Override
        public KeyDerivation convert(String name) {
            return Arrays.stream(KeyDerivation.values())
                    .filter(derivation -> derivation.name().replace('_', '-').equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + name + "' is none of sha256-50, sha256, raw"));
        }
    }
}
