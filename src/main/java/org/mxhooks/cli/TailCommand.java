package org.mxhooks.cli;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mxhooks.terminal.Fields;
import org.mxhooks.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code mxhooks tail}. */
@Command(
        name = "tail",
        description = "Shows the last deliveries, newest last; with -f also those that arrive.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mxhooks tail -f",
            "  mxhooks tail -n 0 -f --category stories --json | jq .resourceId",
            "The state is that at the time a delivery is shown. While mxhooks is unavailable, tail -f waits for it. Ctrl-C ends it with exit code 130."
        })
final class TailCommand extends ApiCommand {

    private final Duration pause;

    @Option(names = "-f", description = "Follows: shows new deliveries as they arrive, each once.")
    private boolean follow;

    @Option(
            names = "-n",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many existing deliveries to show, 0 to 200. Default: ${DEFAULT-VALUE}")
    private int count;

    @Mixin
    private final DeliveryOptions selection = new DeliveryOptions();

    private Optional<String> last = Optional.empty();

    TailCommand(Environment environment) {
        super(environment);
        pause = environment.pause();
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        if (count < 0 || count > 200) {
            throw CommandFailure.unusable(
                    "-n must be between 0 and 200%s. mxhooks deliveries lists more."
                            .formatted(UserInput.shown(String.valueOf(count))),
                    null);
        }
        Api api = api();
        Table table = output.table(DeliveriesCommand.COLUMNS);
        List<JsonObject> present = newest(api, Math.max(1, count));
        show(table, present.subList(0, Math.min(count, present.size())));
        remember(present);
        if (present.isEmpty()) {
            output.note(selection.nothingMatches(api));
        }
        boolean unavailable = false;
        while (follow && output.isRead()) {
            Thread.sleep(pause.toMillis());
            try {
                List<JsonObject> arrived = arrived(api);
                if (unavailable) {
                    output.note("mxhooks: available again");
                }
                unavailable = false;
                show(table, arrived);
                remember(arrived);
            } catch (CommandFailure failure) {
                if (!failure.isTemporary()) {
                    throw failure;
                }
                if (!unavailable) {
                    output.note("mxhooks: %s Waiting for it.".formatted(failure.getMessage()));
                }
                unavailable = true;
            }
        }
        return ExitCode.OK;
    }

    /** Reads several pages if necessary: a page may end before its limit, by its bytes. */
    private List<JsonObject> newest(Api api, int limit) throws CommandFailure, InterruptedException {
        List<JsonObject> newest = new ArrayList<>();
        Cursors cursors = new Cursors();
        Optional<String> cursor = Optional.empty();
        do {
            ApiPage page = page(api, limit - newest.size(), cursor);
            newest.addAll(page.items());
            cursor = cursors.after(page);
        } while (cursor.isPresent() && newest.size() < limit);
        return newest;
    }

    /** The deliveries that are newer than the last one shown. */
    private List<JsonObject> arrived(Api api) throws CommandFailure, InterruptedException {
        List<JsonObject> arrived = new ArrayList<>();
        Cursors cursors = new Cursors();
        Optional<String> cursor = Optional.empty();
        do {
            ApiPage page = page(api, 50, cursor);
            for (JsonObject delivery : page.items()) {
                if (last.equals(Optional.of(Fields.text(delivery, "delivery")))) {
                    return arrived;
                }
                arrived.add(delivery);
            }
            cursor = cursors.after(page);
        } while (cursor.isPresent());
        return arrived;
    }

    private ApiPage page(Api api, int limit, Optional<String> cursor) throws CommandFailure, InterruptedException {
        RequestParameters query =
                selection.query().and("limit", String.valueOf(limit)).and("cursor", cursor);
        return ApiPage.of(api.get(DeliveriesCommand.PATH, query.parameters()), DeliveryCommand.COLLECTION);
    }

    private void remember(List<JsonObject> newestFirst) {
        newestFirst.stream().findFirst().ifPresent(newest -> last = Optional.of(Fields.text(newest, "delivery")));
    }

    private void show(Table table, List<JsonObject> newestFirst) {
        List<JsonObject> oldestFirst = new ArrayList<>(newestFirst);
        Collections.reverse(oldestFirst);
        if (output.isJson()) {
            oldestFirst.forEach(output::printLine);
        } else if (!oldestFirst.isEmpty()) {
            table.print(oldestFirst);
        }
    }
}
