package org.mxhooks.cli;

import jakarta.json.JsonObject;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.mxhooks.terminal.Printable;
import org.mxhooks.terminal.Table;
import picocli.CommandLine.Option;

/** How much of a list to show; the API answers it in pages. */
final class ListOptions {

    private static final int MAX_PAGE = 200;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Maximum number of entries, newest first. Default: ${DEFAULT-VALUE}")
    private long limit;

    @Option(names = "--all", description = "Lists all entries.")
    private boolean all;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = Formats.class,
            description =
                    "Writes the whole list for other programs: csv (RFC 4180), or jsonl, a JSON object on each line.")
    private Optional<String> format;

    private static final class Formats implements Iterable<String> {
        private static final List<String> NAMES = List.of("csv", "jsonl");

        @Override
        public Iterator<String> iterator() {
            return NAMES.iterator();
        }
    }

    /** Whether the list is written for other programs, by {@link #download}. */
    boolean isDownload() {
        return format.flatMap(Environment::set).isPresent();
    }

    /** Writes the list at a path. */
    void download(Api api, String path, RequestParameters parameters, OutputOptions output)
            throws CommandFailure, InterruptedException {
        String wanted = format.flatMap(Environment::set).orElseThrow().toLowerCase(Locale.ROOT);
        if (!Formats.NAMES.contains(wanted) || output.isJson()) {
            throw CommandFailure.unusable("--format must be csv or jsonl, without --json.", null);
        }
        api.download(path + "/download", parameters.and("format", wanted).parameters(), line -> {
            output.out().print(Printable.lines(line) + (wanted.equals("csv") ? "\r\n" : "\n"));
            return output.isRead();
        });
    }

    /**
     * Reads and shows the list at a path; returns the number of entries.
     *
     * @param field of the answer that holds the list
     */
    int print(
            Api api,
            String path,
            String field,
            RequestParameters parameters,
            List<Table.Column> columns,
            OutputOptions output)
            throws CommandFailure, InterruptedException {
        if (isDownload()) {
            throw CommandFailure.unusable(
                    "--format is for mxhooks deliveries and dead. For this list, pass --json.", null);
        }
        if (limit < 1) {
            throw CommandFailure.unusable(
                    "--limit must be at least 1%s. For all, pass --all."
                            .formatted(UserInput.shown(String.valueOf(limit))),
                    null);
        }
        AtomicInteger shown = new AtomicInteger();
        if (output.isJson()) {
            JsonList list = new JsonList(field, output.out());
            list.end(read(api, path, field, parameters, counted(shown, list::print)));
        } else {
            read(api, path, field, parameters, counted(shown, output.table(columns)::print))
                    .ifPresent(more -> output.note("There are more: pass --limit N or --all."));
        }
        return shown.get();
    }

    private static Consumer<List<JsonObject>> counted(AtomicInteger count, Consumer<List<JsonObject>> printer) {
        return page -> {
            printer.accept(page);
            count.addAndGet(page.size());
        };
    }

    /** Returns the cursor of the first page that was not read. */
    private Optional<String> read(
            Api api, String path, String field, RequestParameters parameters, Consumer<List<JsonObject>> printer)
            throws CommandFailure, InterruptedException {
        long wanted = all ? Long.MAX_VALUE : limit;
        Cursors cursors = new Cursors();
        Optional<String> next;
        do {
            parameters.and("limit", String.valueOf(Math.min(wanted, MAX_PAGE)));
            ApiPage page = ApiPage.of(api.get(path, parameters.parameters()), field);
            printer.accept(page.items());
            wanted -= page.items().size();
            next = cursors.after(page);
            parameters.and("cursor", next);
        } while (next.isPresent() && wanted > 0);
        return next;
    }
}
