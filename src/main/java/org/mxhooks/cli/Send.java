package org.mxhooks.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.mxhooks.cli.Volley.Sender;
import org.mxhooks.signature.ProjectsSignature;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code mxhooks send}. */
@Command(
        name = "send",
        description = "Signs a body as the portal does, sends it and shows the answer.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks send story-updated",
            "  mxhooks send story-created --count 10000 --rate 200",
            "  mxhooks send body.json --url https://your.host/mxhooks/hooks/default --secret-file portal.secret",
            "With --count the codes tell of all: 3 if any had no answer, else 1 if any had another answer, else 0."
        },
        exitCodeList = {
            "0:accepted, or known already",
            "1:another answer",
            "2:not understood, or the file or the secret cannot be read",
            "3:no answer"
        })
final class Send implements Callable<Integer> {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST = 10_000_000;
    private static final int MOST_PARALLEL = 1_000;
    private static final double LOWEST_RATE = 0.001;

    private final Surroundings surroundings;

    @Spec
    private CommandSpec command;

    @Parameters(
            paramLabel = "BODY",
            completionCandidates = Samples.class,
            description = {
                "A file, sent as it is, or a sample, sent with the present time:",
                "story-created, story-updated, sprint-created, sprint-updated."
            })
    private String name;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080/mxhooks/hooks/default",
            description = {"The endpoint. Default:", "${DEFAULT-VALUE}"})
    private URI url;

    @Mixin
    private final Signing signing;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How many to send. Each sample is of a story or sprint of its own; a file is the same each time, so that all but the "
                            + "first are duplicates.")
    private int count;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description =
                    "How many to send in a second; answer times then count from when each was due. Default: as fast as answers come")
    private Optional<Double> rate;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "8",
            description = "How many of them may wait for answers at once. Default: ${DEFAULT-VALUE}")
    private int parallel;

    Send(Surroundings surroundings) {
        this.surroundings = surroundings;
        signing = new Signing(surroundings.home());
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        refuseWhatIsOutOfRange();
        IntFunction<byte[]> bodies = bodies();
        ProjectsSignature signature = signing.signature();
        HttpRequest first = first(bodies, signature);
        Sender sender = sender();
        return count == 1 ? sendOne(first, sender) : sendMany(number -> request(bodies, number, signature), sender);
    }

    private int sendOne(HttpRequest request, Sender sender) throws Failure, InterruptedException {
        try {
            Answer answer = sender.send(request);
            out().println(answer.text());
            return answer.exitCode();
        } catch (IOException e) {
            throw Failure.noAnswer(
                    "no answer from %s (%s). Is mxhooks running there? Start it, or pass --url.".formatted(url, e), e);
        }
    }

    private int sendMany(IntFunction<HttpRequest> requests, Sender sender) throws InterruptedException {
        Progress progress = new Progress(
                count,
                surroundings.terminal().showsProgress(),
                command.commandLine().getErr());
        long start = System.nanoTime();
        Tally tally = new Volley(count, rate, parallel).fire(requests, sender, progress);
        out().println(tally.text(Duration.ofNanos(System.nanoTime() - start)));
        return tally.exitCode();
    }

    private void refuseWhatIsOutOfRange() {
        require(count >= 1 && count <= MOST, "--count is to be from 1 to " + MOST);
        require(parallel >= 1 && parallel <= MOST_PARALLEL, "--parallel is to be from 1 to " + MOST_PARALLEL);
        require(rate.isEmpty() || rate.get() >= LOWEST_RATE, "--rate is to be at least " + LOWEST_RATE);
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }

    private IntFunction<byte[]> bodies() throws Failure {
        Optional<Sample> sample = Sample.named(name);
        if (sample.isPresent()) {
            return number -> sample.get().body(surroundings.clock().instant(), number);
        }
        byte[] file = surroundings.read(name, "The samples are: " + Sample.names());
        return number -> file;
    }

    private HttpRequest first(IntFunction<byte[]> bodies, ProjectsSignature signature) throws Failure {
        try {
            return request(bodies, 0, signature);
        } catch (IllegalArgumentException e) {
            throw Failure.unusable("cannot send to %s (%s). Pass an http or https --url.".formatted(url, e), e);
        }
    }

    private HttpRequest request(IntFunction<byte[]> bodies, int number, ProjectsSignature signature) {
        return new Delivery(bodies.apply(number), UUID.randomUUID())
                .to(url, signature)
                .timeout(ANSWER_TIMEOUT)
                .build();
    }

    private static Sender sender() {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        return request -> Answer.of(client.send(request, BodyHandlers.ofString()));
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
