package org.mxhooks.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mxhooks.signature.Diagnosis;
import org.mxhooks.signature.RequestHeaders;
import org.mxhooks.signature.SignedRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code mxhooks verify}. */
@Command(
        name = "verify",
        description = "Checks the signature of a captured request; if it is not valid, shows the cause.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks verify request.txt                         # headers, an empty line, the body's bytes; or as curl -v prints them",
            "  mxhooks verify body.json --signature 'v37y4VGPzf…'  # the value of MxAPI-Signature",
            "Capture the body as bytes: an editor that appends a line end breaks its signature."
        },
        exitCodeList = {"0:valid", "1:not valid", "2:wrong usage, or the file or the secret cannot be read"})
final class VerifyCommand implements Callable<Integer> {

    private final Environment environment;

    @Spec
    private CommandSpec command;

    @Mixin
    private final SigningOptions signing;

    @Parameters(
            paramLabel = "FILE",
            description = "The captured request, or with --signature only its body; - for standard input.")
    private String file;

    @Option(names = "--signature", paramLabel = "VALUE", description = "Value of the header MxAPI-Signature.")
    private Optional<String> signature;

    VerifyCommand(Environment environment) {
        this.environment = environment;
        signing = new SigningOptions(environment);
    }

    @Override
    public Integer call() throws CommandFailure {
        byte[] bytes = environment.read(file, "Pass the file with the captured request, or - for standard input.");
        return signature.isPresent()
                ? report(diagnose(this::givenSignature, bytes))
                : verify(CapturedRequest.parse(bytes));
    }

    private int verify(CapturedRequest request) throws CommandFailure {
        Diagnosis diagnosis = diagnose(request::header, request.body());
        boolean declaredIsValid = isValid(request.upToDeclaredLength(), request);
        if (declaredIsValid && request.hasSurplusFromCapture()) {
            out().println("valid");
            out().println("The capture added bytes after the end of the body that Content-Length declares.");
            return ExitCode.OK;
        }
        int exitCode = report(diagnosis);
        if (request.dechunked()) {
            out().println(
                            "Transfer-Encoding declares chunks, but the captured body has none: it is verified as it is.");
        }
        request.lengthDisagreement().ifPresent(out()::println);
        if (exitCode != ExitCode.OK && declaredIsValid) {
            out().println("The signature is valid for the bytes up to Content-Length: the capture added the rest.");
        }
        if (exitCode != ExitCode.OK && isValid(request.withoutLineEnd(), request)) {
            out().println(
                            "Without the line end at the end of the body the signature is valid: the capture may have added it.");
        }
        return exitCode;
    }

    private boolean isValid(Optional<byte[]> body, CapturedRequest request) throws CommandFailure {
        return body.isPresent() && diagnose(request::header, body.get()).valid();
    }

    private Optional<String> givenSignature(String header) {
        return signature.filter(
                value -> header.equalsIgnoreCase(signing.scheme().signatureHeader()));
    }

    private Diagnosis diagnose(RequestHeaders headers, byte[] body) throws CommandFailure {
        return signing.scheme()
                .diagnose(new SignedRequest(headers, body), List.of(signing.secret()), environment.clock());
    }

    private int report(Diagnosis diagnosis) {
        out().println(diagnosis.valid() ? "valid" : "not valid: " + diagnosis.cause());
        if (!diagnosis.valid()) {
            out().println(diagnosis.text());
        }
        return diagnosis.valid() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
