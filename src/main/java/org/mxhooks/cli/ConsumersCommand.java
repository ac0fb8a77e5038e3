package org.mxhooks.cli;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mxhooks.terminal.Fields;
import org.mxhooks.terminal.Printable;
import org.mxhooks.terminal.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code mxhooks consumers}. */
@Command(
        name = "consumers",
        description = "Lists the consumers with their outstanding work; pauses, resumes and retires one.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks consumers",
            "  mxhooks consumers pause board",
            "  mxhooks consumers retire renamed-last-year --yes"
        })
final class ConsumersCommand extends ApiCommand {

    private static final String PATH = "/consumers";
    private static final String NAME = "Its name, or that of a subscription.";
    private static final String WAITING = "waiting";
    private static final List<Column> COLUMNS = List.of(
            Column.name("NAME", "name"),
            Column.state("STATE", ConsumersCommand::state),
            Column.number("PENDING", "pending"),
            Column.number("PARKED", "parked"),
            Column.number("REPLAYS", "replays"),
            Column.number("DEAD", "dead"),
            Column.of("OLDEST PENDING", consumer -> Fields.time(consumer, "oldestPending")));

    /** Shown if any consumer is a subscription's. */
    private static final Column SUBSCRIPTION =
            Column.text("SUBSCRIPTION", consumer -> Fields.text(consumer, "subscription"));

    /** Shown if any consumer waits. */
    private static final List<Column> WAITING_COLUMNS = List.of(
            Column.of("WAITS SINCE", consumer -> Fields.time(waiting(consumer), "since")),
            Column.of("NEXT TRY", consumer -> Fields.time(waiting(consumer), "nextTry")),
            Column.text("WAITS FOR", consumer -> Fields.text(waiting(consumer), "message")));

    private final Environment environment;

    ConsumersCommand(Environment environment) {
        super(environment);
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        JsonValue consumers = api().get(PATH, Map.of());
        output.print(consumers, columns(consumers));
        return ExitCode.OK;
    }

    private static List<Column> columns(JsonValue consumers) {
        List<Column> columns = new ArrayList<>(COLUMNS);
        if (anyHas("subscription", consumers)) {
            columns.add(1, SUBSCRIPTION);
        }
        if (anyHas(WAITING, consumers)) {
            columns.addAll(WAITING_COLUMNS);
        }
        return columns;
    }

    private static boolean anyHas(String field, JsonValue consumers) {
        return consumers instanceof JsonArray all
                && all.stream().anyMatch(each -> each instanceof JsonObject consumer && consumer.containsKey(field));
    }

    private static JsonObject waiting(JsonObject consumer) {
        return consumer.get(WAITING) instanceof JsonObject waiting ? waiting : JsonValue.EMPTY_JSON_OBJECT;
    }

    @Command(
            description =
                    "Stops notifying a consumer, on each node within seconds, until it is resumed; deliveries wait for it.",
            footer = "  mxhooks consumers pause board")
    int pause(@Parameters(paramLabel = "CONSUMER", description = NAME) String name)
            throws CommandFailure, InterruptedException {
        Api api = api();
        int exitCode = show(api.post(path(api, name) + "/pause", Map.of()));
        output.note("Nodes stop notifying it within seconds; a running notification completes.");
        return exitCode;
    }

    @Command(description = "Resumes a paused consumer at its position.", footer = "  mxhooks consumers resume board")
    int resume(@Parameters(paramLabel = "CONSUMER", description = NAME) String name)
            throws CommandFailure, InterruptedException {
        Api api = api();
        return show(api.post(path(api, name) + "/resume", Map.of()));
    }

    @Command(
            description =
                    "Removes a consumer that is no longer deployed, with its unfinished events and dead letters; shows their numbers and asks "
                            + "for confirmation.",
            footer = "  mxhooks consumers retire renamed-last-year")
    int retire(
            @Parameters(paramLabel = "CONSUMER", description = NAME) String name,
            @Option(names = "--yes", description = "Does not ask for confirmation; required without a terminal.")
                    boolean yes)
            throws CommandFailure, InterruptedException {
        Api api = api();
        String path = path(api, name);
        if (!yes) {
            confirm(name, JsonShape.object(api.get(path, Map.of())));
        }
        JsonValue dropped = api.delete(path);
        if (output.isJson()) {
            output.print(dropped);
        } else {
            output.out().println(Printable.line("%s is retired; dropped: %s.".formatted(name, unfinished(dropped))));
        }
        return ExitCode.OK;
    }

    private static String path(Api api, String name) throws CommandFailure, InterruptedException {
        return Api.path("consumers", new SubscriptionLookup(api).consumer(name));
    }

    private void confirm(String name, JsonObject consumer) throws CommandFailure {
        if (consumer.getBoolean("deployed", false)) {
            throw CommandFailure.refused(
                    "%s is deployed on a running node. Undeploy it, wait 15 seconds for its lease to expire, and try again."
                            .formatted(name));
        }
        String question = "Retire %s? It drops %s.".formatted(name, unfinished(consumer));
        new Confirmation(environment, output).demand(question, "retired");
    }

    private static String unfinished(JsonValue answer) throws CommandFailure {
        JsonObject consumer = JsonShape.object(answer);
        long events = Stream.of("pending", "parked", "replays")
                .mapToLong(field -> Fields.number(consumer, field))
                .sum();
        return "%s (%s pending, %s parked, %s) and %s"
                .formatted(
                        Fields.counted(events, "unfinished event"),
                        Fields.number(consumer, "pending"),
                        Fields.number(consumer, "parked"),
                        Fields.counted(Fields.number(consumer, "replays"), "replay"),
                        Fields.counted(Fields.number(consumer, "dead"), "dead letter"));
    }

    private int show(JsonValue consumer) throws CommandFailure {
        if (output.isJson()) {
            output.print(consumer);
        } else {
            JsonObject one = JsonShape.object(consumer);
            output.table(columns(Json.createArrayBuilder().add(one).build())).print(List.of(one));
        }
        return ExitCode.OK;
    }

    private static String state(JsonObject consumer) {
        return Fields.text(consumer, "state").replace('-', ' ');
    }
}
