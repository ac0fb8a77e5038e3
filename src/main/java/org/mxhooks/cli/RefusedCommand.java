package org.mxhooks.cli;

import java.util.List;
import java.util.Optional;
import org.mxhooks.terminal.Fields;
import org.mxhooks.terminal.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code mxhooks refused}. */
@Command(
        name = "refused",
        description =
                "Lists requests that endpoints refused, with the cause, newest first; each stands for others of its endpoint, reason and network.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks refused",
            "  mxhooks refused --endpoint default --reason signature_invalid --json   # with headers and the beginning of the body"
        })
final class RefusedCommand extends ApiCommand {

    private static final List<Column> COLUMNS = List.of(
            Column.of("AT", refused -> Fields.time(refused, "at")),
            Column.text("ENDPOINT", refused -> Fields.text(refused, "endpoint")),
            Column.text("REASON", refused -> Fields.text(refused, "reason")),
            Column.text("ADDRESS", refused -> Fields.text(refused, "address")),
            Column.number("REQUESTS", "requests"),
            Column.text("WHY", refused -> Fields.text(refused, "why")));

    @Option(
            names = "--endpoint",
            paramLabel = "NAME",
            description = "Only requests to this endpoint; ? for those to a name that no endpoint has.")
    private Optional<String> endpoint;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "Only with this reason, such as signature_invalid.")
    private Optional<String> reason;

    @Option(names = "--network", paramLabel = "NETWORK", description = "Only from this network, as --json shows it.")
    private Optional<String> network;

    @Mixin
    private final ListOptions listing = new ListOptions();

    RefusedCommand(Environment environment) {
        super(environment);
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        RequestParameters query = new RequestParameters()
                .and("endpoint", endpoint)
                .and("reason", reason)
                .and("network", network);
        if (listing.print(api(), "/refused", "refused", query, COLUMNS, output) == 0) {
            output.note("No refused request matches.");
        }
        return ExitCode.OK;
    }
}
