package org.mxhooks.cli;

import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mxhooks.terminal.Fields;
import org.mxhooks.terminal.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code mxhooks deliveries}. */
@Command(
        name = "deliveries",
        description = "Lists accepted deliveries, newest first. One delivery in full: mxhooks delivery ID.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks deliveries --state dead --limit 10",
            "  mxhooks deliveries --from yesterday --category stories --json",
            "  mxhooks deliveries --text 'green button' --field name --all",
            "  mxhooks deliveries --from 2026-05-04 --format csv > deliveries.csv"
        })
final class DeliveriesCommand extends ApiCommand {

    static final String PATH = "/deliveries";
    static final List<Column> COLUMNS = List.of(
            Column.of("RECEIVED", delivery -> Fields.time(delivery, "receivedAt")),
            Column.of("DELIVERY", delivery -> Fields.text(delivery, "delivery")),
            Column.state("STATE", delivery -> Fields.text(delivery, "state")),
            Column.text("EVENT", Fields::event),
            Column.text("ENDPOINT", delivery -> Fields.text(delivery, "endpoint")));

    @Parameters(
            paramLabel = "DELIVERY",
            arity = "0..1",
            description = "Shows this delivery in full, as mxhooks delivery does.")
    private Optional<String> delivery;

    @Mixin
    private final DeliveryOptions selection = new DeliveryOptions();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            completionCandidates = States.class,
            description = "${COMPLETION-CANDIDATES}")
    private Optional<String> state;

    @Option(names = "--app", paramLabel = "ID", description = "Of the app with this id.")
    private Optional<String> app;

    @Option(
            names = "--resource",
            paramLabel = "ID",
            description = "About the story, sprint or other resource with this id.")
    private Optional<String> resource;

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "With this text in a value of the body; searches from the newest on, 2,000 bodies a page.")
    private Optional<String> text;

    @Option(names = "--field", paramLabel = "NAME", description = "With --text: only in fields of this name.")
    private Optional<String> field;

    @Option(names = "--from", paramLabel = "TIME", description = "Received at this time or later: " + TimeParser.FORMS)
    private Optional<String> from;

    @Option(names = "--to", paramLabel = "TIME", description = "Received before this time.")
    private Optional<String> to;

    @Mixin
    private final ListOptions listing = new ListOptions();

    private final InstantSource clock;

    DeliveriesCommand(Environment environment) {
        super(environment);
        clock = environment.clock();
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        if (delivery.isPresent()) {
            DeliveryCommand.show(delivery.get(), api(), output);
        } else {
            TimeParser moment = new TimeParser(clock.instant());
            RequestParameters query = moment.span(
                    selection
                            .query()
                            .and("appId", app)
                            .and("resourceId", resource)
                            .and("text", text)
                            .and("field", field)
                            .and("state", knownState()),
                    from,
                    to);
            Api api = api();
            if (listing.isDownload()) {
                listing.download(api, PATH, query, output);
            } else if (listing.print(api, PATH, DeliveryCommand.COLLECTION, query, COLUMNS, output) == 0) {
                output.note(selection.nothingMatches(api));
            }
        }
        return ExitCode.OK;
    }

    private Optional<String> knownState() throws CommandFailure {
        Optional<String> typed = state.flatMap(Environment::set).map(text -> text.toLowerCase(Locale.ROOT));
        if (typed.isPresent() && !States.NAMES.contains(typed.get())) {
            throw CommandFailure.unusable(
                    "--state must be one of %s.".formatted(String.join(", ", States.NAMES)), null);
        }
        return typed;
    }

    private static final class States implements Iterable<String> {
        private static final List<String> NAMES = List.of("pending", "done", "parked", "dead", "discarded");

        @Override
        public Iterator<String> iterator() {
            return NAMES.iterator();
        }
    }
}
