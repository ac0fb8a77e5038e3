package org.mxhooks.process.benchmarks.peers;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results as tables of Markdown. */
record MarkdownTables(String conditions, Results results) {

    String text() {
        return String.join(
                "\n",
                (results.areVoid() ? "VOID: the ledger does not balance. " : "") + conditions + "\n",
                table(
                        "| | deliveries/s: median | lowest–highest |",
                        3,
                        results.contenders().entrySet().stream()
                                .map(entry -> {
                                    List<Double> rounds = results.perSecond(entry.getKey());
                                    return format(
                                            "| (%s) %s | %.0f | %.0f–%.0f |",
                                            entry.getKey(),
                                            entry.getValue(),
                                            Results.median(rounds),
                                            Results.min(rounds),
                                            Results.max(rounds));
                                })
                                .toList()),
                table(
                        "| ratio | goal | median | lowest–highest | bound |",
                        5,
                        results.ratios().stream()
                                .map(ratio -> format(
                                        "| %s | ≥ %.2f | %.2f | %.2f–%.2f | %s |",
                                        ratio.what(),
                                        ratio.goal(),
                                        Results.median(ratio.perRound()),
                                        Results.min(ratio.perRound()),
                                        Results.max(ratio.perRound()),
                                        ratio.isBounded() ? format("%.2f", Results.median(ratio.bound())) : "–"))
                                .toList()),
                table(
                        "| latency in ms | due/s | p50 | p99 | p99.9 |",
                        5,
                        results.latencies().stream()
                                .map(latency -> format(
                                        "| %s | %s | %.2f | %.2f | %.2f |",
                                        latency.of(),
                                        latency.perSecond() == 0 ? "–" : format("%.0f", latency.perSecond()),
                                        latency.millis(50),
                                        latency.millis(99),
                                        latency.millis(99.9)))
                                .toList()),
                table(
                        "| ledger | published | kept | distinct | mirrored | balanced |",
                        6,
                        results.ledger().stream()
                                .map(line -> "| (%s) | %s | %s | %s | %s | %s |"
                                        .formatted(
                                                line.receiver(),
                                                line.published(),
                                                line.kept(),
                                                line.distinct(),
                                                line.mirrored()
                                                        .map(String::valueOf)
                                                        .orElse("–"),
                                                line.isBalanced() ? "yes" : "NO"))
                                .toList()));
    }

    private static String table(String head, int columns, List<String> rows) {
        return rows.stream().collect(Collectors.joining("\n", head + "\n" + "| --- ".repeat(columns) + "|\n", "\n"));
    }

    private static String format(String row, Object... values) {
        return String.format(Locale.ROOT, row, values);
    }
}
