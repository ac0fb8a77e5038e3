package org.mxhooks.cli;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.mxhooks.signature.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code mxhooks sign}. */
@Command(
        name = "sign",
        description = "Prints the value of the header MxAPI-Signature for exactly the bytes of a file.",
        footerHeading = "%nExamples:%n",
        footer = {"  mxhooks sign body.json", "  printf '{}' | mxhooks sign - --secret-file portal.secret"},
        exitCodeList = {"0:signed", "2:wrong usage, or the file or the secret cannot be read"})
final class SignCommand implements Callable<Integer> {

    private final Environment environment;

    @Spec
    private CommandSpec command;

    @Mixin
    private final SigningOptions signing;

    @Parameters(paramLabel = "FILE", description = "The body; - for standard input.")
    private String file;

    SignCommand(Environment environment) {
        this.environment = environment;
        signing = new SigningOptions(environment);
    }

    @Override
    public Integer call() throws CommandFailure {
        byte[] body = environment.read(file, "Pass the file with the body, or - for standard input.");
        command.commandLine()
                .getOut()
                .println(
                        signing.signer().signature(new Message(UUID.randomUUID().toString(), Optional.empty(), body)));
        return ExitCode.OK;
    }
}
