package org.mxhooks.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.terminal.Fields;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code mxhooks replay}. */
@Command(
        name = "replay",
        description =
                "Notifies a consumer again of one delivery, of its dead letters, or of all deliveries in a period.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks replay 54105cd3-6741-44c4-b6a6-dd578535e387 --consumer board",
            "  mxhooks replay --dead --consumer board --reason java.lang.IllegalStateException",
            "  mxhooks replay --from 2026-05-04T10:00:00Z --to 2026-05-04T11:00:00Z --consumer board",
            "  mxhooks replay --from 1h --consumer board",
            "Replays are marked and run in parallel to newer events. A completed event is processed again."
        })
final class ReplayCommand extends ApiCommand {

    private final InstantSource clock;

    @Parameters(paramLabel = "DELIVERY", arity = "0..1", description = "The id of a delivery.")
    private Optional<String> delivery;

    @Option(
            names = "--consumer",
            paramLabel = "NAME",
            required = true,
            description = "The consumer to notify, or the name of a subscription.")
    private String consumer;

    @Option(names = "--dead", description = "All its dead letters, or those with a --reason.")
    private boolean dead;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "With --dead: only dead letters with this reason, as listed by mxhooks dead.")
    private Optional<String> reason;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Deliveries received at this time or later: " + TimeParser.FORMS)
    private Optional<String> from;

    @Option(names = "--to", paramLabel = "TIME", description = "Deliveries received before this time. Default: now")
    private Optional<String> to;

    ReplayCommand(Environment environment) {
        super(environment);
        clock = environment.clock();
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        requireOneSelection();
        JsonObject answer = JsonShape.object(replay(api()));
        if (output.isJson()) {
            output.print(answer);
        } else {
            output.out().println(Fields.counted(Fields.number(answer, "replays"), "replay") + " requested");
        }
        return ExitCode.OK;
    }

    private void requireOneSelection() throws CommandFailure {
        refuseEmpty("DELIVERY", delivery);
        refuseEmpty("--consumer", Optional.of(consumer));
        refuseEmpty("--reason", reason);
        refuseEmpty("--from", from);
        refuseEmpty("--to", to);
        long ways = Stream.of(delivery.isPresent(), dead, from.isPresent())
                .filter(given -> given)
                .count();
        if (ways != 1 || to.isPresent() && from.isEmpty() || reason.isPresent() && !dead) {
            throw CommandFailure.unusable(
                    "pass exactly one of: a DELIVERY; --dead, optionally with --reason; --from, optionally with --to.",
                    null);
        }
    }

    /** An empty value must not count as unset: more than intended would be replayed. */
    private static void refuseEmpty(String name, Optional<String> value) throws CommandFailure {
        if (value.isPresent() && value.get().isBlank()) {
            throw CommandFailure.unusable("%s is empty. Pass a value, or omit it.".formatted(name), null);
        }
    }

    private JsonValue replay(Api api) throws CommandFailure, InterruptedException {
        RequestParameters query = new RequestParameters();
        if (delivery.isPresent()) {
            return api.post(
                    Api.path("deliveries", delivery.get(), "replay"),
                    query.and("consumer", consumer).parameters());
        }
        if (dead) {
            return api.post(
                    "/dead/replay",
                    query.and("consumer", consumer).and("reason", reason).parameters());
        }
        String named = new SubscriptionLookup(api).consumer(consumer);
        return api.post(Api.path("consumers", named, "replay"), span(query).parameters());
    }

    private RequestParameters span(RequestParameters query) throws CommandFailure {
        TimeParser moment = new TimeParser(clock.instant());
        return moment.span(query, from, Optional.of(to.orElse("now")));
    }
}
