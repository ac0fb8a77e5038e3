package org.mxhooks.cli;

import java.util.concurrent.Callable;
import org.mxhooks.terminal.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code mxhooks probe}. */
@Command(
        name = "probe",
        description =
                "Checks that an endpoint accepts the secret and can store deliveries. Nothing is stored, no consumer is notified.",
        footerHeading = "%nExamples:%n",
        footer = {"  mxhooks probe", "  mxhooks probe --url https://your.host/mxhooks --secret-file portal.secret"},
        exitCodeList = {
            "0:the endpoint accepts the secret and can store deliveries",
            "1:refused by the server",
            "2:wrong usage, or the secret cannot be read",
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
        EndpointProbe probe = new EndpointProbe(url, signing.signer(endpoint.name()));
        Answer answer = probe.send();
        if (!answer.isProbe()) {
            throw failure(answer, probe, secret);
        }
        command.commandLine()
                .getOut()
                .println(Printable.line(
                        "%s verified the signature and can store deliveries; signed with the secret in %s"
                                .formatted(url, secret)));
        return ExitCode.OK;
    }

    private CommandFailure failure(Answer answer, EndpointProbe probe, SecretFile secret) {
        String signed = "The probe was signed with the secret in %s.".formatted(secret);
        if (answer.status() == UNAUTHORIZED) {
            return CommandFailure.refused(
                    "%s %s Pass the endpoint's secret with --secret-file, its --scheme and its --key-derivation."
                            .formatted(probe.problem(answer), signed));
        }
        return answer.isSuccess()
                ? CommandFailure.refused(
                        "%s answered %s without the receipt of a probe. Is it mxhooks, of this version? %s"
                                .formatted(probe.url(), answer.status(), signed))
                : CommandFailure.refused("%s %s".formatted(probe.problem(answer), signed));
    }
}
