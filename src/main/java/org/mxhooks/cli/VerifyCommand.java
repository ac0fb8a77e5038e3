package org.mxhooks.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mxhooks.mendix.MendixHeader;
import org.mxhooks.signature.Diagnosis;
import org.mxhooks.signature.Diagnosis.Cause;
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
        description = "Checks whether a captured request is signed with a secret; if it is not, shows why.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks verify request.txt                         # headers, an empty line, the body's bytes; or as curl -v prints them",
            "  mxhooks verify body.json --signature 'v37y4VGPzf…'  # the value of MxAPI-Signature",
            "A body must be captured as bytes: an editor that ends it with a line end breaks its signature."
        },
        exitCodeList = {"0:valid", "1:not valid", "2:not understood, or the file or the secret cannot be read"})
final class VerifyCommand implements Callable<Integer> {

    private final Environment environment;

    @Spec
    private CommandSpec command;

    @Mixin
    private final SigningOptions signing;

    @Parameters(
            paramLabel = "FILE",
            description = "The request as it was captured, or with --signature its body; - reads from the input.")
    private String file;

    @Option(names = "--signature", paramLabel = "VALUE", description = "What the header MxAPI-Signature says.")
    private Optional<String> signature;

    VerifyCommand(Environment environment) {
        this.environment = environment;
        signing = new SigningOptions(environment);
    }

    @Override
    public Integer call() throws CommandFailure {
        byte[] bytes = environment.read(file, "Pass the file that holds the captured request, or - for the input.");
        return signature.isPresent() ? tell(diagnose(signature, bytes)) : verify(CapturedRequest.parse(bytes));
    }

    private int verify(CapturedRequest request) throws CommandFailure {
        Diagnosis diagnosis = diagnose(signature(request), request.body());
        boolean declaredIsValid = isValid(request.upToDeclaredLength(), request);
        if (declaredIsValid && request.hasSurplusOfCapture()) {
            out().println("valid");
            out().println(
                            "What follows the body, which Content-Length does not count, was added when it was captured.");
            return ExitCode.OK;
        }
        int exitCode = tell(diagnosis);
        if (request.alreadyJoined()) {
            out().println(
                            "Transfer-Encoding says that the body comes in chunks; it was captured as a whole, and is taken so.");
        }
        request.lengthDisagreement().ifPresent(out()::println);
        if (exitCode != ExitCode.OK && declaredIsValid) {
            out().println(
                            "The signature is that of the first bytes, up to Content-Length: the rest came in when it was captured.");
        }
        if (exitCode != ExitCode.OK && isValid(request.withoutLineEnd(), request)) {
            out().println(
                            "If the line end at the end of the body was added when it was captured, the signature is valid.");
        }
        return exitCode;
    }

    private boolean isValid(Optional<byte[]> body, CapturedRequest request) throws CommandFailure {
        return body.isPresent() && diagnose(signature(request), body.get()).cause() == Cause.VALID;
    }

    private static Optional<String> signature(CapturedRequest request) {
        return request.header(MendixHeader.SIGNATURE.text());
    }

    private Diagnosis diagnose(Optional<String> value, byte[] body) throws CommandFailure {
        return Diagnosis.of(value, body, List.of(signing.secret()), signing.derivation());
    }

    private int tell(Diagnosis diagnosis) {
        boolean valid = diagnosis.cause() == Cause.VALID;
        out().println(valid ? "valid" : "not valid: " + diagnosis.cause().text());
        if (!valid) {
            out().println(diagnosis.text());
        }
        return valid ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
