package org.mxhooks.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mxhooks.signature.Diagnosis;
import org.mxhooks.signature.RequestHeaders;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;
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
            "  mxhooks verify request.txt --scheme standard-webhooks --at 2026-05-04T10:00:00Z",
            "  mxhooks verify push.json --scheme standard-webhooks --header 'webhook-id: msg_2M…' --header 'webhook-timestamp: 1772445600' --header 'webhook-signature: v1,6gqtB…'",
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
            description = "The captured request, or with --signature or --header only its body; - for standard input.")
    private String file;

    @Option(
            names = "--signature",
            paramLabel = "VALUE",
            description = "Value of the header with the signature: MxAPI-Signature or webhook-signature.")
    private Optional<String> signature;

    @Option(
            names = "--header",
            paramLabel = "HEADER",
            description = "A header of the request, 'Name: value'; may be repeated.")
    private List<String> headers = List.of();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "When the request arrived, by which a signed time is judged: " + TimeParser.FORMS
                    + ". Default: now")
    private Optional<String> at;

    VerifyCommand(Environment environment) {
        this.environment = environment;
        signing = new SigningOptions(environment);
    }

    @Override
    public Integer call() throws CommandFailure {
        byte[] bytes = environment.read(file, "Pass the file with the captured request, or - for standard input.");
        if (signature.isEmpty() && headers.isEmpty()) {
            return verify(CapturedRequest.parse(bytes));
        }
        CapturedHead given = givenHead();
        return report(diagnose(given::header, bytes));
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

    private CapturedHead givenHead() throws CommandFailure {
        List<String> lines = new ArrayList<>(headers);
        String header = signing.scheme().signatureHeader();
        signature.ifPresent(value -> lines.add(header + ": " + value));
        if (lines.stream().anyMatch(line -> line.indexOf(':') < 1)) {
            throw CommandFailure.unusable("--header must be a name, a colon and a value: 'webhook-id: msg_…'.", null);
        }
        return new CapturedHead(lines, 0, false);
    }

    /** When the request arrived. */
    private InstantSource clock() throws CommandFailure {
        InstantSource now = environment.clock();
        Optional<String> time = new TimeParser(now.instant()).read("--at", at);
        return time.isPresent() ? InstantSource.fixed(Instant.parse(time.get())) : now;
    }

    private Diagnosis diagnose(RequestHeaders headers, byte[] body) throws CommandFailure {
        Scheme scheme = signing.scheme();
        SignedRequest request = new SignedRequest(headers, body);
        List<String> secrets = List.of(signing.secret());
        InstantSource arrival = clock();
        return Schemes.diagnose(scheme, headers).orElseGet(() -> scheme.diagnose(request, secrets, arrival));
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
