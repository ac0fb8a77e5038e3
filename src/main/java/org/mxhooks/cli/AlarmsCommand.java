package org.mxhooks.cli;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.mxhooks.terminal.Fields;
import org.mxhooks.terminal.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The command {@code mxhooks alarms}. */
@Command(
        name = "alarms",
        description = "Lists the alarms of all nodes: what an operator should look at, and what to do.",
        footerHeading = "%nExamples:%n",
        footer = {"  mxhooks alarms", "  mxhooks alarms --ended", "  mxhooks alarms --json"})
final class AlarmsCommand extends ApiCommand {

    private static final Column KIND = Column.of("KIND", alarm -> Fields.text(alarm, "kind"));
    private static final Column RAISED = Column.of("RAISED", alarm -> Fields.time(alarm, "raisedAt"));
    private static final Column PROBLEM = Column.text("PROBLEM", alarm -> Fields.text(alarm, "problem"));

    private static final List<Column> RAISED_COLUMNS = List.of(
            RAISED,
            KIND,
            PROBLEM,
            Column.text("REMEDY", alarm -> Fields.text(alarm, "remedy")),
            Column.text("COMMAND", alarm -> Fields.text(alarm, "command")));

    private static final List<Column> ENDED_COLUMNS =
            List.of(Column.of("ENDED", alarm -> Fields.time(alarm, "endedAt")), RAISED, KIND, PROBLEM);

    @Option(names = "--ended", description = "Those that ended within the last 30 days, the last of each subject.")
    private boolean ended;

    AlarmsCommand(Environment environment) {
        super(environment);
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Map<String, String> status = Map.of("status", ended ? "ended" : "raised");
        JsonValue alarms = api().get("/alarms", status);
        output.print(alarms, ended ? ENDED_COLUMNS : RAISED_COLUMNS);
        if (!output.isJson() && JsonShape.objects(alarms).isEmpty()) {
            output.note(ended ? "No alarm has ended within the last 30 days." : "There are no alarms.");
        }
        return ExitCode.OK;
    }
}
