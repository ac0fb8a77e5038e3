package org.mxhooks.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.mxhooks.signature.Message;
import org.mxhooks.signature.Scheme;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code mxhooks sign}. */
@Command(
        name = "sign",
        description = {
            "Prints the signature of exactly the bytes of a file; where it covers headers too, as by the scheme standard-webhooks, prints these with it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks sign body.json",
            "  printf '{}' | mxhooks sign - --secret-file portal.secret",
            "  mxhooks sign push.json --scheme standard-webhooks --secret-file portal.secret > headers",
            "  curl -H @headers --data-binary @push.json https://your.host/mxhooks/hooks/deployments"
        },
        exitCodeList = {"0:signed", "2:wrong usage, or the file or the secret cannot be read"})
final class SignCommand implements Callable<Integer> {

    private final Environment environment;

    @Spec
    private CommandSpec command;

    @Mixin
    private final SigningOptions signing;

    @Parameters(paramLabel = "FILE", description = "The body; - for standard input.")
    private String file;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Id of the message, which the scheme standard-webhooks signs. Default: a new one")
    private Optional<String> id;

    SignCommand(Environment environment) {
        this.environment = environment;
        signing = new SigningOptions(environment);
    }

    @Override
    public Integer call() throws CommandFailure {
        byte[] body = environment.read(file, "Pass the file with the body, or - for standard input.");
        Signer signer = signing.signer();
        Message message =
                new Message(id.flatMap(Environment::set).orElseGet(signer::messageId), Optional.empty(), body);
        text(signer.scheme(), signer.sign(message))
                .forEach(command.commandLine().getOut()::println);
        return ExitCode.OK;
    }

    /** The signature alone, where it covers the body alone; otherwise the headers that it covers too. */
    private static Stream<String> text(Scheme scheme, Map<String, String> headers) {
        return scheme.isBodyIdentity()
                ? Stream.of(headers.get(scheme.signatureHeader()))
                : headers.entrySet().stream().map(header -> header.getKey() + ": " + header.getValue());
    }
}
