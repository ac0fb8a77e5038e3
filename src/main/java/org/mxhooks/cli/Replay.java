package org.mxhooks.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code mxhooks replay}. */
@Command(
        name = "replay",
        description =
                "Has a consumer notified again: of one delivery, of its dead letters, or of what was received in a span of time.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks replay 54105cd3-6741-44c4-b6a6-dd578535e387 --consumer board",
            "  mxhooks replay --dead --consumer board --reason java.lang.IllegalStateException",
            "  mxhooks replay --from 2026-05-04T10:00:00Z --to 2026-05-04T11:00:00Z --consumer board",
            "Replays run beside newer events and are marked; what was done is done again."
        })
final class Replay implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "DELIVERY", arity = "0..1", description = "The id of the one delivery.")
    private Optional<String> delivery;

    @Option(names = "--consumer", paramLabel = "NAME", required = true, description = "Who is to be notified.")
    private String consumer;

    @Option(names = "--dead", description = "All its dead letters, or those of a --reason.")
    private boolean dead;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "With --dead: only those, as mxhooks dead tells it.")
    private Optional<String> reason;

    @Option(names = "--from", paramLabel = "INSTANT", description = "What was received then or later…")
    private Optional<String> from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "…and before: 2026-05-04T11:00:00Z.")
    private Optional<String> to;

    @Mixin
    private final Output output;

    @Mixin
    private final Operator operator;

    Replay(Surroundings surroundings) {
        output = new Output(surroundings.terminal());
        operator = new Operator(surroundings.home());
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        refuseWhatIsUnclear();
        JsonValue answer = replay(operator.api());
        if (output.isJson()) {
            output.print(answer);
        } else {
            String replays = answer instanceof JsonObject object ? Fields.text(object, "replays") : "";
            output.out().println("%s to be replayed".formatted(replays.isEmpty() ? "1" : replays));
        }
        return ExitCode.OK;
    }

    private void refuseWhatIsUnclear() {
        long ways = Stream.of(delivery.isPresent(), dead, from.isPresent() || to.isPresent())
                .filter(given -> given)
                .count();
        if (ways != 1 || from.isPresent() != to.isPresent() || reason.isPresent() && !dead) {
            throw new ParameterException(
                    command.commandLine(), "Pass one of: a DELIVERY; --dead, perhaps with --reason; --from and --to.");
        }
    }

    private JsonValue replay(Api api) throws Failure, InterruptedException {
        Query query = new Query();
        if (delivery.isPresent()) {
            return api.post(
                    Api.path("deliveries", delivery.get(), "replay"),
                    query.and("consumer", consumer).parameters());
        }
        return dead
                ? api.post(
                        "/dead/replay",
                        query.and("consumer", consumer).and("reason", reason).parameters())
                : api.post(
                        Api.path("consumers", consumer, "replay"),
                        query.and("from", from).and("to", to).parameters());
    }
}
