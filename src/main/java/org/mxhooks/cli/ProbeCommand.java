package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code mxhooks probe}. */
@Command(
        name = "probe",
        description =
                "Checks that an endpoint accepts what is signed with a secret and that storage works. Nothing is kept, no consumer is notified.",
        footerHeading = "%nExamples:%n",
        footer = {"  mxhooks probe", "  mxhooks probe --url https://your.host/mxhooks --secret-file portal.secret"},
        exitCodeList = {
            "0:the endpoint took it, and storage works",
            "1:another answer",
            "2:not understood, or the secret cannot be read",
            "3:no answer"
        })
final class ProbeCommand implements Callable<Integer> {

    private static final int UNAUTHORIZED = 401;

    private final Environment environment;

    @Spec
    private CommandSpec command;

    @Mixin
    private final EndpointOptions endpoint;

    @Mixin
    private final SigningOptions signing;

    ProbeCommand(Environment environment) {
        this.environment = environment;
        endpoint = new EndpointOptions(environment);
        signing = new SigningOptions(environment);
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        ServerUrl url = endpoint.address();
        SecretFile secret = signing.file(endpoint.name());
        Answer answer =
                EndpointOptions.send(EndpointOptions.request(body(), url, signing.signature(endpoint.name())), url);
        if (!answer.isProbe()) {
            throw refusal(answer, url, secret);
        }
        command.commandLine()
                .getOut()
                .println(Printable.line("%s verified the signature, and its storage works; the secret is that in %s"
                        .formatted(url, secret)));
        return ExitCode.OK;
    }

    private byte[] body() {
        return Json.createObjectBuilder()
                .add("probe", environment.clock().instant().toString())
                .build()
                .toString()
                .getBytes(UTF_8);
    }

    private CommandFailure refusal(Answer answer, ServerUrl url, SecretFile secret) {
        String signed = "The probe was signed with the secret in %s.".formatted(secret);
        if (answer.status() == UNAUTHORIZED) {
            return CommandFailure.refused(
                    "%s %s Pass the endpoint's secret with --secret-file, and its --key-derivation."
                            .formatted(said(answer, url), signed));
        }
        return answer.isSuccess()
                ? CommandFailure.refused("%s answered %s and no probe's receipt: is it mxhooks, and of this version? %s"
                        .formatted(url, answer.status(), signed))
                : CommandFailure.refused("%s %s".formatted(said(answer, url), signed));
    }

    private String said(Answer answer, ServerUrl url) {
        return answer.problem().orElseGet(() -> "%s answered %s.".formatted(url, answer.status()));
    }
}
