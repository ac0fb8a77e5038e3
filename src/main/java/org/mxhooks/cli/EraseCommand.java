package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mxhooks.terminal.Fields;
import org.mxhooks.terminal.Printable;
import org.mxhooks.terminal.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code mxhooks erase}. */
@Command(
        name = "erase",
        description =
                "Erases a person from everything that is kept: counts first, shows the numbers, asks, then erases and shows the report.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks erase --person ada@example.com --person \"Ada Example\"",
            "  mxhooks erase --persons-file identifiers.txt --yes",
            "  mxhooks erase list"
        })
final class EraseCommand extends ApiCommand {

    private static final String PATH = "/erasures";
    private static final String COLLECTION = "erasures";
    private static final Set<String> BUSY = Set.of("counting", "erasing");
    private static final List<Column> LIST = List.of(
            Column.of("ORDERED", erasure -> Fields.time(erasure, "orderedAt")),
            Column.name("ERASURE", "id"),
            Column.state("PHASE", erasure -> Fields.text(erasure, "phase")),
            Column.text("BY", erasure -> Fields.text(erasure, "orderedBy")),
            Column.number("NAMED", "named"),
            Column.number("CHANGED", "changed"));
    private static final List<Column> PLACES = List.of(
            Column.text("PLACE", place -> Fields.text(place, "place")),
            Column.number("ROWS", "rows"),
            Column.number("NAMED", "named"),
            Column.number("CHANGED", "changed"));

    private final Environment environment;

    @Option(
            names = "--person",
            paramLabel = "IDENTIFIER",
            description = "A name, an email address, an open id or an avatar of the person; repeat it for each.")
    private List<String> persons = new ArrayList<>();

    @Option(
            names = "--persons-file",
            paramLabel = "FILE",
            description =
                    "File with an identifier of the same person on each line, - for standard input: it then stays out of the shell's history.")
    private String file;

    @Option(names = "--yes", description = "Does not ask for confirmation; required without a terminal.")
    private boolean yes;

    EraseCommand(Environment environment) {
        super(environment);
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        List<String> identifiers = new ArrayList<>(persons);
        if (file != null) {
            String lines = new String(environment.read(file, "Pass a file with one identifier on each line."), UTF_8);
            lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(identifiers::add);
        }
        if (identifiers.isEmpty()) {
            throw CommandFailure.unusable("--person or --persons-file is required. See mxhooks erase --help.", null);
        }
        Api api = api();
        JsonObject body = Json.createObjectBuilder()
                .add("identifiers", Json.createArrayBuilder(identifiers))
                .build();
        JsonObject counted = finished(api, JsonShape.object(api.post(PATH, body)));
        if (!yes) {
            print(counted);
        }
        demandYes(api, counted);
        String id = Fields.text(counted, "id");
        return report(finished(api, JsonShape.object(api.post(Api.path(COLLECTION, id, "start"), Map.of()))));
    }

    /** What is not started would keep the identifiers for a day. */
    private void demandYes(Api api, JsonObject counted) throws CommandFailure, InterruptedException {
        String id = Fields.text(counted, "id");
        if (!Fields.text(counted, "phase").equals("counted")) {
            throw CommandFailure.refused(
                    "erasure %s is %s: nothing more is erased.".formatted(id, Fields.text(counted, "phase")));
        }
        if (!yes) {
            try {
                new Confirmation(environment, output)
                        .demand(
                                "Erase the person from %s? This cannot be undone."
                                        .formatted(Fields.counted(Fields.number(counted, "named"), "row")),
                                "erased");
            } catch (CommandFailure no) {
                api.post(Api.path(COLLECTION, id, "cancel"), Map.of());
                throw no;
            }
        }
    }

    private JsonObject finished(Api api, JsonObject begun) throws CommandFailure, InterruptedException {
        JsonObject erasure = begun;
        while (BUSY.contains(Fields.text(erasure, "phase"))) {
            Thread.sleep(environment.pause().toMillis());
            erasure = JsonShape.object(api.get(Api.path(COLLECTION, Fields.text(begun, "id")), Map.of()));
        }
        return erasure;
    }

    @Command(description = "Lists the latest erasures.", footer = "  mxhooks erase list")
    int list() throws CommandFailure, InterruptedException {
        JsonValue erasures = api().get(PATH, Map.of());
        output.print(erasures, LIST);
        if (!output.isJson() && JsonShape.objects(erasures).isEmpty()) {
            output.note("No erasure was ordered.");
        }
        return ExitCode.OK;
    }

    @Command(
            description = "Shows one erasure: how far it is, and its report.",
            footer = "  mxhooks erase show 54105cd3-6741-44c4-b6a6-dd578535e387 --json")
    int show(@Parameters(paramLabel = "ERASURE", description = "Its id, from mxhooks erase list.") String id)
            throws CommandFailure, InterruptedException {
        return report(JsonShape.object(api().get(Api.path(COLLECTION, id), Map.of())));
    }

    @Command(
            description = "Ends an erasure after its current step; what is erased stays erased.",
            footer = "  mxhooks erase cancel 54105cd3-6741-44c4-b6a6-dd578535e387")
    int cancel(@Parameters(paramLabel = "ERASURE", description = "Its id, from mxhooks erase list.") String id)
            throws CommandFailure, InterruptedException {
        return report(JsonShape.object(api().post(Api.path(COLLECTION, id, "cancel"), Map.of())));
    }

    private int report(JsonObject erasure) throws CommandFailure {
        if (output.isJson()) {
            output.print(erasure);
        } else {
            print(erasure);
        }
        return ExitCode.OK;
    }

    private void print(JsonObject erasure) throws CommandFailure {
        if (output.isJson()) {
            return;
        }
        output.table(LIST).print(List.of(erasure));
        output.out().println();
        output.table(PLACES).print(JsonShape.objects(erasure.get("places")));
        if (erasure.get("alsoFound") instanceof JsonArray found && !found.isEmpty()) {
            output.out().println();
            output.out()
                    .println(
                            "Also describe the person, and may stand elsewhere; to erase them too, pass each as a --person:");
            found.getValuesAs(JsonString::getString)
                    .forEach(value -> output.out().println("  " + Printable.line(value)));
        }
    }
}
