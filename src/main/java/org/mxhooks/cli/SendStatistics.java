package org.mxhooks.cli;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.terminal.Printable;
import picocli.CommandLine.ExitCode;

/** Outcomes and response times of deliveries. Safe for use by many threads. */
final class SendStatistics {

    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final long[] nanos;
    private int answered;
    private int done;
    private String firstProblem;

    /** @param maxCount of deliveries that will be added */
    SendStatistics(int maxCount) {
        nanos = new long[maxCount];
    }

    synchronized void add(Answer answer, Duration took) {
        Outcome outcome = Outcome.of(answer);
        nanos[answered++] = took.toNanos();
        count(outcome, answer.isReceipt() ? null : answer.problem().orElse(answer.text()));
    }

    synchronized void addNoAnswer(String why) {
        count(Outcome.NO_ANSWER, Printable.line(why));
    }

    synchronized int done() {
        return done;
    }

    synchronized int of(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    int exitCode() {
        if (of(Outcome.NO_ANSWER) > 0) {
            return CommandFailure.NO_ANSWER;
        }
        return of(Outcome.REFUSED) + of(Outcome.UNAVAILABLE) > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    /** For people. */
    synchronized String text(Duration took) {
        String outcomes = Arrays.stream(Outcome.values())
                .map(outcome -> "%s %s".formatted(outcome.text(), of(outcome)))
                .collect(joining(", "));
        String sent = String.format(
                Locale.ROOT, "%d sent in %.1f s, %.1f/s", done, seconds(took), done / Math.max(seconds(took), 1e-3));
        return "%s%n%s%s%s"
                .formatted(
                        sent,
                        outcomes,
                        answered == 0 ? "" : "%nresponse time in ms: %s".formatted(percentiles()),
                        Optional.ofNullable(firstProblem)
                                .map("%nfirst problem: %s"::formatted)
                                .orElse(""));
    }

    private void count(Outcome outcome, String why) {
        counts.merge(outcome, 1, Integer::sum);
        done++;
        if (firstProblem == null) {
            firstProblem = why;
        }
    }

    private String percentiles() {
        long[] sorted = Arrays.copyOf(nanos, answered);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p90 %.1f, p99 %.1f, max %.1f",
                milliseconds(sorted, 0.50),
                milliseconds(sorted, 0.90),
                milliseconds(sorted, 0.99),
                milliseconds(sorted, 1));
    }

    /** By nearest rank. */
    private static double milliseconds(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
