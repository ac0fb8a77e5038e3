package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.mxhooks.signature.ProjectsSignature;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code mxhooks probe}. */
@Command(
        name = "probe",
        description =
                "Checks that an endpoint takes what is signed with a secret and that storage works. Nothing is kept, no consumer is notified.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks probe",
            "  mxhooks probe --url https://your.host/mxhooks/hooks/default --secret-file portal.secret"
        },
        exitCodeList = {
            "0:the endpoint took it, and storage works",
            "1:another answer",
            "2:not understood, or the secret cannot be read",
            "3:no answer"
        })
final class SendProbe implements Callable<Integer> {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int UNAUTHORIZED = 401;

    private final Surroundings surroundings;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080/mxhooks/hooks/default",
            description = {"The endpoint. Default:", "${DEFAULT-VALUE}"})
    private URI url;

    @Mixin
    private final Signing signing;

    SendProbe(Surroundings surroundings) {
        this.surroundings = surroundings;
        signing = new Signing(surroundings.home());
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        Answer answer = send(request(signing.signature()));
        if (!answer.isProbe()) {
            throw refusal(answer);
        }
        command.commandLine()
                .getOut()
                .println(Printable.line("%s verified the signature, and its storage works; the secret is that in %s"
                        .formatted(url, signing.file())));
        return ExitCode.OK;
    }

    private HttpRequest request(ProjectsSignature signature) throws Failure {
        String body = Json.createObjectBuilder()
                .add("probe", surroundings.clock().instant().toString())
                .build()
                .toString();
        try {
            return new Delivery(body.getBytes(UTF_8), UUID.randomUUID())
                    .to(url, signature)
                    .timeout(ANSWER_TIMEOUT)
                    .build();
        } catch (IllegalArgumentException e) {
            throw Failure.unusable("cannot send to %s (%s). Pass an http or https --url.".formatted(url, e), e);
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
                    "no answer from %s (%s). Is mxhooks running there? Start it, or pass --url.".formatted(url, e), e);
        }
    }

    private Failure refusal(Answer answer) {
        String signed = "The probe was signed with the secret in %s.".formatted(signing.file());
        if (answer.status() == UNAUTHORIZED) {
            return Failure.refused("%s %s Pass the endpoint's secret with --secret-file, and its --key-derivation."
                    .formatted(said(answer), signed));
        }
        return answer.isSuccess()
                ? Failure.refused("%s answered %s and no probe's receipt: is it mxhooks, and of this version? %s"
                        .formatted(url, answer.status(), signed))
                : Failure.refused("%s %s".formatted(said(answer), signed));
    }

    private String said(Answer answer) {
        return answer.problem().orElseGet(() -> "%s answered %s.".formatted(url, answer.status()));
    }
}
