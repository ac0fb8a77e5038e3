package org.mxhooks.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** How much of a long list is wanted; the API gives it in pages. */
final class ListOptions {

    private static final int LARGEST_PAGE = 200;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many to list, the newest first. Default: ${DEFAULT-VALUE}")
    private long limit;

    @Option(names = "--all", description = "Lists all, however many there are.")
    private boolean all;

    /**
     * Reads and shows the list at a path; returns how many there were.
     *
     * @param field of the answer that holds the list
     */
    int print(
            Api api,
            String path,
            String field,
            RequestParameters query,
            List<Table.Column> columns,
            OutputOptions output)
            throws CommandFailure, InterruptedException {
        if (limit < 1) {
            throw CommandFailure.unusable(
                    "--limit must be at least 1%s. For all, pass --all."
                            .formatted(UserInput.shown(String.valueOf(limit))),
                    null);
        }
        if (output.isJson()) {
            JsonArrayBuilder items = Json.createArrayBuilder();
            Optional<String> next = read(api, path, field, query, page -> page.forEach(items::add));
            JsonObjectBuilder document = Json.createObjectBuilder().add(field, items);
            next.ifPresent(cursor -> document.add("next", cursor));
            JsonObject list = document.build();
            output.print(list);
            return list.getJsonArray(field).size();
        }
        Table table = output.table(columns);
        AtomicInteger shown = new AtomicInteger();
        Optional<String> next = read(api, path, field, query, page -> {
            table.print(page);
            shown.addAndGet(page.size());
        });
        next.ifPresent(more -> output.note("There are more: pass --limit N or --all."));
        return shown.get();
    }

    /** Returns where the rest begins. */
    private Optional<String> read(
            Api api, String path, String field, RequestParameters query, Consumer<List<JsonObject>> taker)
            throws CommandFailure, InterruptedException {
        long wanted = all ? Long.MAX_VALUE : limit;
        Cursors cursors = new Cursors();
        Optional<String> next;
        do {
            query.and("limit", String.valueOf(Math.min(wanted, LARGEST_PAGE)));
            ApiPage page = ApiPage.of(api.get(path, query.parameters()), field);
            taker.accept(page.items());
            wanted -= page.items().size();
            next = cursors.after(page);
            query.and("cursor", next);
        } while (next.isPresent() && wanted > 0);
        return next;
    }
}
