package org.mxhooks.cli;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.mxhooks.terminal.Fields;
import org.mxhooks.terminal.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code mxhooks dead}. */
@Command(
        name = "dead",
        description = "Lists the dead letters with their reasons, the newest deliveries first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks dead",
            "  mxhooks dead --discard 54105cd3-6741-44c4-b6a6-dd578535e387",
            "  mxhooks dead --consumer board --reason java.lang.IllegalStateException --all",
            "  mxhooks dead --format csv > dead-letters.csv",
            "After the cause is fixed, replay them: mxhooks orders replay-dead --help"
        })
final class DeadCommand extends ApiCommand {

    private static final List<Column> COLUMNS = List.of(
            Column.of("DEAD SINCE", dead -> Fields.time(dead, "deadAt")),
            Column.of("DELIVERY", dead -> Fields.text(dead, "delivery")),
            Column.text("CONSUMER", DeadCommand::consumer),
            Column.name("REASON", "reason"),
            Column.text("MESSAGE", dead -> Fields.text(dead, "message")));

    @Option(
            names = "--consumer",
            paramLabel = "NAME",
            description = "Only dead letters of this consumer, or of the subscription of this name.")
    private Optional<String> consumer;

    @Option(names = "--reason", paramLabel = "REASON", description = "Only dead letters with this reason.")
    private Optional<String> reason;

    @Option(
            names = "--discard",
            paramLabel = "DELIVERY",
            description =
                    "Discards the dead letters of this delivery, or only that of --consumer: they are no longer listed or counted.")
    private Optional<String> discard;

    @Option(
            names = "--note",
            paramLabel = "TEXT",
            description = "With --discard: shown with the delivery, with your name.")
    private Optional<String> note;

    @Mixin
    private final ListOptions listing = new ListOptions();

    DeadCommand(Environment environment) {
        super(environment);
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        if (discard.isPresent()) {
            discard(discard.get());
            return ExitCode.OK;
        }
        RequestParameters query =
                new RequestParameters().and("consumer", consumer).and("reason", reason);
        if (note.isPresent()) {
            throw CommandFailure.unusable("--note is for --discard.", null);
        }
        if (listing.isDownload()) {
            listing.download(api(), "/dead", query, output);
        } else if (listing.print(api(), "/dead", "dead", query, COLUMNS, output) == 0) {
            output.note("No dead letter matches.");
        }
        return ExitCode.OK;
    }

    /** As {@code --consumer} takes it, and what people call it. */
    private static String consumer(JsonObject dead) {
        String subscription = Fields.text(dead, "subscription");
        return Fields.text(dead, "consumer") + (subscription.isEmpty() ? "" : " (" + subscription + ")");
    }

    private void discard(String delivery) throws CommandFailure, InterruptedException {
        if (reason.isPresent()) {
            throw CommandFailure.unusable(
                    "--discard cannot be combined with --reason. Pass --consumer, or neither.", null);
        }
        RequestParameters query = new RequestParameters()
                .and("delivery", delivery)
                .and("consumer", consumer)
                .and("note", note);
        JsonObject answer = JsonShape.object(api().post("/dead/discard", query.parameters()));
        if (output.isJson()) {
            output.print(answer);
        } else {
            output.out().println(Fields.counted(Fields.number(answer, "discarded"), "dead letter") + " discarded");
        }
    }
}
