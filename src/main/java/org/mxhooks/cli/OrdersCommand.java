package org.mxhooks.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.terminal.Fields;
import org.mxhooks.terminal.Printable;
import org.mxhooks.terminal.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code mxhooks orders}. */
@Command(
        name = "orders",
        description =
                "Lists orders about many dead letters or deliveries, which the server works step by step; gives and cancels them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks orders",
            "  mxhooks orders replay-dead --consumer board --reason java.lang.IllegalStateException",
            "  mxhooks orders discard-dead --consumer board --note 'sent by hand' --yes",
            "  mxhooks orders replay-period --consumer board --from 2h --wait",
            "  mxhooks orders cancel ID"
        })
final class OrdersCommand extends ApiCommand {

    private static final String PATH = "orders";
    private static final String ID = "ORDER";
    private static final String ITS_ID = "Its id, as mxhooks orders lists it.";
    private static final String REPLAY_PERIOD = "replay-period";
    private static final String RUNNING = "running";
    private static final String YES = "Does not ask for confirmation; required without a terminal.";
    private static final String WAIT = "Waits until it is done, and shows how far it is.";

    private static final List<Column> COLUMNS = List.of(
            Column.of("ORDERED", order -> Fields.time(order, "orderedAt")),
            Column.of("ORDER", order -> Fields.text(order, "order")),
            Column.of("KIND", order -> Fields.text(order, "kind")),
            Column.state("STATE", order -> Fields.text(order, "state")),
            Column.number("DONE", "done"),
            Column.of("TOTAL", order -> Fields.text(order, "total")),
            Column.name("CONSUMER", "consumer"),
            Column.text("BY", order -> Fields.text(order, "orderedBy")));

    private final Environment environment;

    @Mixin
    private final ListOptions listing = new ListOptions();

    OrdersCommand(Environment environment) {
        super(environment);
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        if (listing.print(api(), Api.path(PATH), PATH, new RequestParameters(), COLUMNS, output) == 0) {
            output.note("No order was given.");
        }
        return ExitCode.OK;
    }

    @Command(description = "Shows how far one is.", footer = "  mxhooks orders show ORDER")
    int show(@Parameters(paramLabel = ID, description = ITS_ID) String id) throws CommandFailure, InterruptedException {
        return show(JsonShape.object(api().get(Api.path(PATH, id), Map.of())));
    }

    @Command(
            description = "Cancels one; what was done until then stays done.",
            footer = "  mxhooks orders cancel ORDER")
    int cancel(@Parameters(paramLabel = ID, description = ITS_ID) String id)
            throws CommandFailure, InterruptedException {
        return show(JsonShape.object(api().post(Api.path(PATH, id, "cancel"), Map.of())));
    }

    @Command(
            name = "replay-dead",
            description = "Replays all dead letters that match, after their number was shown and confirmed.",
            footer = "  mxhooks orders replay-dead --consumer board --yes")
    int replayDead(
            @Option(
                            names = "--consumer",
                            paramLabel = "NAME",
                            description = "Only dead letters of this consumer, or of the subscription of this name.")
                    Optional<String> consumer,
            @Option(names = "--reason", paramLabel = "REASON", description = "Only dead letters with this reason.")
                    Optional<String> reason,
            @Option(names = "--yes", description = YES) boolean yes,
            @Option(names = "--wait", description = WAIT) boolean wait)
            throws CommandFailure, InterruptedException {
        RequestParameters query = selection(consumer, reason);
        Api api = api();
        if (!yes && !isConfirmed(api, query, "replayable", "Replay", "replayed")) {
            return ExitCode.OK;
        }
        return follow(api, api.post(Api.path(PATH, "replay-dead"), query.parameters()), wait);
    }

    @Command(
            name = "discard-dead",
            description =
                    "Discards all dead letters that match, also deliveries that could not be decoded, after their number was shown and confirmed.",
            footer = "  mxhooks orders discard-dead --reason undecodable --note 'a test of the portal'")
    int discardDead(
            @Option(
                            names = "--consumer",
                            paramLabel = "NAME",
                            description = "Only dead letters of this consumer, or of the subscription of this name.")
                    Optional<String> consumer,
            @Option(names = "--reason", paramLabel = "REASON", description = "Only dead letters with this reason.")
                    Optional<String> reason,
            @Option(names = "--note", paramLabel = "TEXT", description = "Shown with each delivery, with your name.")
                    Optional<String> note,
            @Option(names = "--yes", description = YES) boolean yes,
            @Option(names = "--wait", description = WAIT) boolean wait)
            throws CommandFailure, InterruptedException {
        RequestParameters query = selection(consumer, reason);
        Api api = api();
        if (!yes && !isConfirmed(api, query, "count", "Discard", "discarded")) {
            return ExitCode.OK;
        }
        return follow(
                api,
                api.post(Api.path(PATH, "discard-dead"), query.and("note", note).parameters()),
                wait);
    }

    @Command(
            name = REPLAY_PERIOD,
            description = "Replays all deliveries of a period to a consumer, also those that it has processed.",
            footer = "  mxhooks orders replay-period --consumer board --from 2026-05-04T10:00:00Z")
    int replayPeriod(
            @Option(
                            names = "--consumer",
                            paramLabel = "NAME",
                            required = true,
                            description = "The consumer to notify, or the name of a subscription.")
                    String consumer,
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            required = true,
                            description = "Received at this time or later: " + TimeParser.FORMS)
                    String from,
            @Option(names = "--to", paramLabel = "TIME", description = "Received before this time. Default: now")
                    Optional<String> to,
            @Option(names = "--wait", description = WAIT) boolean wait)
            throws CommandFailure, InterruptedException {
        RequestParameters query = new TimeParser(environment.clock().instant())
                .span(
                        new RequestParameters().and("consumer", consumer),
                        Optional.of(from),
                        Optional.of(to.orElse("now")));
        Api api = api();
        return follow(api, api.post(Api.path(PATH, REPLAY_PERIOD), query.parameters()), wait);
    }

    /** An empty value must not count as unset: more than intended would be selected. */
    private static RequestParameters selection(Optional<String> consumer, Optional<String> reason)
            throws CommandFailure {
        if (consumer.filter(String::isBlank).isPresent()
                || reason.filter(String::isBlank).isPresent()) {
            throw CommandFailure.unusable("--consumer or --reason is empty. Pass a value, or omit it.", null);
        }
        return new RequestParameters().and("consumer", consumer).and("reason", reason);
    }

    /**
     * Returns false if there is nothing to ask about.
     *
     * @param field of the answer with how many it is about
     */
    private boolean isConfirmed(Api api, RequestParameters query, String field, String what, String done)
            throws CommandFailure, InterruptedException {
        JsonObject count = JsonShape.object(api.get("/dead/count", query.parameters()));
        long matching = Fields.number(count, field);
        if (matching == 0) {
            output.note("No dead letter matches: nothing is %s.".formatted(done));
            return false;
        }
        String question = "%s %s%s?"
                .formatted(
                        what,
                        count.getBoolean("more", false) ? "more than " : "",
                        Fields.counted(matching, "dead letter"));
        new Confirmation(environment, output).demand(question, done);
        return true;
    }

    private int follow(Api api, JsonValue given, boolean wait) throws CommandFailure, InterruptedException {
        JsonObject order = JsonShape.object(given);
        String path = Api.path(PATH, Fields.text(order, "order"));
        while (wait && Fields.text(order, "state").equals(RUNNING) && output.isRead()) {
            output.note(progress(order));
            Thread.sleep(environment.pause().toMillis());
            order = JsonShape.object(api.get(path, Map.of()));
        }
        return show(order);
    }

    private static String progress(JsonObject order) {
        String total = Fields.text(order, "total");
        return Printable.line(Fields.number(order, "done") + (total.isEmpty() ? "" : " of " + total));
    }

    private int show(JsonObject order) {
        if (output.isJson()) {
            output.print(order);
        } else {
            output.table(COLUMNS).print(List.of(order));
            explain(order);
        }
        return ExitCode.OK;
    }

    private void explain(JsonObject order) {
        long done = Fields.number(order, "done");
        long total = Fields.number(order, "total");
        if (Fields.text(order, "state").equals("done") && done < total) {
            output.note("%s of %s: %s is left out."
                    .formatted(
                            done,
                            total,
                            Fields.text(order, "kind").equals(REPLAY_PERIOD)
                                    ? "what could not be decoded, has no body any more or is still pending for the consumer"
                                    : "what was no longer a dead letter"));
        }
    }
}
