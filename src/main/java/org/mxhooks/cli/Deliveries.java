package org.mxhooks.cli;

import jakarta.json.JsonValue;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mxhooks.cli.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code mxhooks deliveries}. */
@Command(
        name = "deliveries",
        aliases = "delivery",
        description =
                "Lists what was received, the newest first; or tells of one delivery all there is, with each consumer's state and "
                        + "why it failed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks deliveries --state dead --limit 10",
            "  mxhooks deliveries --from yesterday --category stories --json",
            "  mxhooks delivery 54105cd3-6741-44c4-b6a6-dd578535e387"
        })
final class Deliveries implements Callable<Integer> {

    static final String PATH = "/deliveries";
    static final String FIELD = "deliveries";
    static final List<Column> COLUMNS = List.of(
            Column.of("RECEIVED", delivery -> Fields.time(delivery, "receivedAt")),
            Column.of("DELIVERY", delivery -> Fields.text(delivery, "delivery")),
            Column.state("STATE", delivery -> Fields.text(delivery, "state")),
            Column.text("EVENT", Fields::event),
            Column.text("ENDPOINT", delivery -> Fields.text(delivery, "endpoint")));

    @Parameters(paramLabel = "DELIVERY", arity = "0..1", description = "The id of one, as the sender was told.")
    private Optional<String> delivery;

    @Mixin
    private final Selection selection = new Selection();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            completionCandidates = States.class,
            description = "${COMPLETION-CANDIDATES}")
    private Optional<String> state;

    @Option(names = "--from", paramLabel = "TIME", description = "Received then or later: " + Moment.FORMS)
    private Optional<String> from;

    @Option(names = "--to", paramLabel = "TIME", description = "Received before then.")
    private Optional<String> to;

    @Mixin
    private final Listing listing = new Listing();

    @Mixin
    private final Output output;

    @Mixin
    private final Operator operator;

    private final InstantSource clock;

    Deliveries(Surroundings surroundings) {
        clock = surroundings.clock();
        output = new Output(surroundings.terminal());
        operator = new Operator(surroundings);
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        if (delivery.isPresent()) {
            tell(delivery.get());
        } else {
            Moment moment = new Moment(clock.instant());
            Query query = selection
                    .query()
                    .and("state", knownState())
                    .and("from", moment.read("--from", from))
                    .and("to", moment.read("--to", to));
            listing.print(operator.api(), PATH, FIELD, query, COLUMNS, output);
        }
        return ExitCode.OK;
    }

    private Optional<String> knownState() throws Failure {
        Optional<String> typed = state.flatMap(Surroundings::set).map(text -> text.toLowerCase(Locale.ROOT));
        if (typed.isPresent() && !States.NAMES.contains(typed.get())) {
            throw Failure.unusable("--state is to be one of %s.".formatted(String.join(", ", States.NAMES)), null);
        }
        return typed;
    }

    private void tell(String id) throws Failure, InterruptedException {
        JsonValue answer = operator.api().get(Api.path(FIELD, id), Map.of());
        if (output.isJson()) {
            output.print(answer);
        } else {
            new DeliveryReport(Shape.object(answer), output.terminal()).print(output.out());
        }
    }

    private static final class States implements Iterable<String> {
        private static final List<String> NAMES = List.of("pending", "done", "parked", "dead", "discarded");

        @Override
        public Iterator<String> iterator() {
            return NAMES.iterator();
        }
    }
}
