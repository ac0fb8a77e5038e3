package org.mxhooks.cli;

import java.io.PrintWriter;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.mxhooks.cli.BulkSender.RequestSender;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;
import org.mxhooks.terminal.Printable;
import org.mxhooks.terminal.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code mxhooks send}. */
@Command(
        name = "send",
        description = "Signs a body as the portal does, sends it, and shows the answer.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks send story-updated",
            "  mxhooks send story-created --count 10000 --rate 200",
            "  curl https://example.com/story.json | mxhooks send -",
            "  mxhooks send body.json --url https://your.host/mxhooks --secret-file portal.secret",
            "  mxhooks send story-updated --endpoint team-a",
            "  mxhooks send teamserver-push --endpoint deployments",
            "With --count the exit code is 3 if any delivery had no answer, otherwise 1 if any was not accepted, otherwise 0."
        },
        exitCodeList = {
            "0:accepted, or a duplicate",
            "1:refused by the server",
            "2:wrong usage, or the file or the secret cannot be read",
            "3:no answer"
        })
final class SendCommand implements Callable<Integer> {

    private static final int MAX_COUNT = 10_000_000;
    private static final int MAX_PARALLEL = 1_000;
    private static final int UNAUTHORIZED = 401;
    private static final double MIN_RATE = 0.001;

    private final Environment environment;

    @Spec
    private CommandSpec command;

    @Parameters(
            paramLabel = "BODY",
            completionCandidates = Samples.class,
            description = {
                "A file (body.json, @body.json) or - for standard input, sent unchanged; or a sample, sent with the current time:",
                "story-created, story-updated, sprint-created, sprint-updated, teamserver-push, package-uploaded,",
                "alert-ok, alert-warning, alert-critical, alert-recovery."
            })
    private String name;

    @Mixin
    private final EndpointOptions endpoint;

    @Mixin
    private final SigningOptions signing;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How many deliveries to send. Each sample is about another resource; a file is sent unchanged, so by the scheme "
                            + "projects all but the first are duplicates.")
    private int count;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description =
                    "Deliveries per second; response times then count from the time at which each was due. Default: as fast as possible")
    private Optional<Double> rate;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "8",
            description = "Maximum number of concurrent requests. Default: ${DEFAULT-VALUE}")
    private int parallel;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description =
                    "The sender's id for the delivery; by the scheme standard-webhooks a second one with it is a duplicate. Default: a new one for each")
    private Optional<String> id;

    SendCommand(Environment environment) {
        this.environment = environment;
        endpoint = new EndpointOptions(environment);
        signing = new SigningOptions(environment);
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        requireRanges();
        ServerUrl address = endpoint.address();
        IntFunction<byte[]> bodies = bodies();
        Signer signer = signing.signer(
                endpoint.name(),
                Sample.named(name).map(Sample::scheme).orElse(Schemes.names().get(0)));
        Optional<String> given = id.flatMap(Environment::set);
        IntFunction<HttpRequest> requests = number -> EndpointOptions.request(
                new Delivery(bodies.apply(number), given.orElseGet(signer::messageId)), address, signer);
        return count == 1
                ? sendOne(requests.apply(0), address, signer.scheme())
                : sendMany(requests, EndpointOptions.sender());
    }

    private int sendOne(HttpRequest request, ServerUrl address, Scheme scheme)
            throws CommandFailure, InterruptedException {
        Answer answer = EndpointOptions.send(request, address);
        out().println(answer.text());
        if (answer.status() == UNAUTHORIZED) {
            command.commandLine()
                    .getErr()
                    .println(Printable.line(
                            "mxhooks: signed by the scheme %s with the secret in %s. mxhooks endpoints shows the endpoint's scheme, and the cause."
                                    .formatted(scheme.name(), signing.file(endpoint.name()))));
        }
        return answer.exitCode();
    }

    private int sendMany(IntFunction<HttpRequest> requests, RequestSender sender) throws InterruptedException {
        Progress progress = new Progress(
                count,
                environment.terminal().showsProgress(),
                command.commandLine().getErr());
        long start = System.nanoTime();
        SendStatistics tally = new BulkSender(count, rate, parallel).fire(requests, sender, progress);
        out().println(tally.text(Duration.ofNanos(System.nanoTime() - start)));
        return tally.exitCode();
    }

    private void requireRanges() throws CommandFailure {
        require(
                count >= 1 && count <= MAX_COUNT,
                "--count must be between 1 and " + MAX_COUNT + UserInput.shown(String.valueOf(count)));
        require(
                parallel >= 1 && parallel <= MAX_PARALLEL,
                "--parallel must be between 1 and " + MAX_PARALLEL + UserInput.shown(String.valueOf(parallel)));
        require(rate.isEmpty() || rate.get() >= MIN_RATE, "--rate must be at least " + MIN_RATE);
    }

    private static void require(boolean condition, String otherwise) throws CommandFailure {
        if (!condition) {
            throw CommandFailure.unusable(otherwise, null);
        }
    }

    private IntFunction<byte[]> bodies() throws CommandFailure {
        Optional<Sample> sample = Sample.named(name);
        if (sample.isPresent()) {
            return number -> sample.get().body(environment.clock().instant(), number);
        }
        byte[] file = environment.read(name, "The samples are: " + Sample.names());
        if (!Delivery.isDecodable(file)) {
            command.commandLine()
                    .getErr()
                    .println("mxhooks: warning: the body is not a JSON object; it is sent unchanged.");
        }
        return number -> file;
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }

    private static final class Samples implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Sample.values()).map(Sample::text).iterator();
        }
    }
}
