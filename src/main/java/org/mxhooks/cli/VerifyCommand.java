package org.mxhooks.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.mxhooks.signature.CapturedHead;
import org.mxhooks.signature.CapturedRequest;
import org.mxhooks.signature.CapturedRequest.UnusableCapture;
import org.mxhooks.signature.Diagnosis;
import org.mxhooks.signature.Examination;
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

    private static final String OF_A_BODY =
            " For a file with the body alone pass --signature with the value of the signature's header.";

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
        Function<SignedRequest, Diagnosis> diagnose = diagnosis();
        if (signature.isEmpty() && headers.isEmpty()) {
            return report(Examination.of(captured(bytes), diagnose));
        }
        CapturedHead given = givenHead();
        return report(Examination.of(diagnose.apply(new SignedRequest(given::header, bytes))));
    }

    private static CapturedRequest captured(byte[] bytes) throws CommandFailure {
        try {
            return CapturedRequest.parse(bytes);
        } catch (UnusableCapture e) {
            throw CommandFailure.unusable(e.getMessage() + OF_A_BODY, null);
        }
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

    private Function<SignedRequest, Diagnosis> diagnosis() throws CommandFailure {
        Scheme scheme = signing.scheme();
        List<String> secrets = List.of(signing.secret());
        InstantSource arrival = clock();
        return request ->
                Schemes.diagnose(scheme, request.headers()).orElseGet(() -> scheme.diagnose(request, secrets, arrival));
    }

    private int report(Examination examination) {
        out().println(examination.valid() ? "valid" : "not valid: " + examination.cause());
        examination.notes().forEach(out()::println);
        return examination.valid() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
