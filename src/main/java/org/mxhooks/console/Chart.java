package org.mxhooks.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.mxhooks.operations.Activity;

/**
 * Stacked bars over time, and the same as a table.
 *
 * @param id by which the page names its parts
 * @param title what it shows
 * @param series from the bottom to the top
 * @param bars of all series
 * @param highest the most in one period, of all series together
 * @param from when the first period began
 * @param to when the last one ends
 * @param rows the periods in which there was anything, the newest first
 */
public record Chart(
        String id,
        String title,
        List<Series> series,
        List<Bar> bars,
        long highest,
        Instant from,
        Instant to,
        List<PeriodRow> rows) {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 120;
    private static final int GAP = 2;

    /**
     * What is counted.
     *
     * @param name for people
     * @param style by which the sheet colours it
     * @param total of all periods
     */
    public record Series(String name, String style, long total) {}

    /** A rectangle with the style of its series. */
    public record Bar(String style, double x, double y, double width, double height) {}

    /**
     * A period.
     *
     * @param from when it began
     * @param counts one of each series
     */
    public record PeriodRow(Instant from, List<Long> counts) {}

    /** Makes a chart of what was read. */
    static final class Builder {

        private final String id;
        private final TimeSeries read;
        private final List<String> names = new ArrayList<>();
        private final List<String> styles = new ArrayList<>();
        private final List<List<Long>> counts = new ArrayList<>();

        /** @param id a key of the texts behind {@code overview.}, too */
        Builder(String id, TimeSeries read) {
            this.id = id;
            this.read = read;
        }

        /** Adds a series on top of those that are there. */
        Builder with(String name, String style, List<Long> of) {
            names.add(ConsoleText.text("series." + name));
            styles.add(style);
            counts.add(of);
            return this;
        }

        /** Adds a series of the activity. */
        Builder with(String name, String style, ToLongFunction<Activity> of) {
            return with(
                    name, style, read.activity().stream().map(of::applyAsLong).toList());
        }

        Chart chart() {
            List<Long> sums = periods().mapToObj(this::sum).toList();
            long highest = sums.stream().mapToLong(Long::longValue).max().orElse(0);
            List<Bar> bars = new ArrayList<>();
            periods().forEach(period -> addBars(period, highest, bars));
            return new Chart(
                    id,
                    ConsoleText.text("overview." + id),
                    IntStream.range(0, names.size())
                            .mapToObj(i -> new Series(names.get(i), styles.get(i), total(i)))
                            .toList(),
                    bars,
                    highest,
                    read.from(),
                    read.from().plus(read.range().whole()),
                    periods()
                            .map(i -> read.range().steps() - 1 - i)
                            .filter(period -> sums.get(period) > 0)
                            .mapToObj(this::row)
                            .toList());
        }

        private IntStream periods() {
            return IntStream.range(0, read.range().steps());
        }

        private long sum(int period) {
            return counts.stream().mapToLong(of -> of.get(period)).sum();
        }

        private long total(int series) {
            return counts.get(series).stream().mapToLong(Long::longValue).sum();
        }

        private PeriodRow row(int period) {
            return new PeriodRow(
                    read.from().plus(read.range().step().multipliedBy(period)),
                    counts.stream().map(of -> of.get(period)).toList());
        }

        /** What is not nothing is seen. */
        private void addBars(int period, long highest, List<Bar> bars) {
            double width = (double) WIDTH / read.range().steps();
            double top = HEIGHT;
            for (int i = 0; i < counts.size(); i++) {
                long count = counts.get(i).get(period);
                if (count > 0) {
                    double height = Math.max(2, (double) count * HEIGHT / highest);
                    top = Math.max(0, top - height);
                    bars.add(new Bar(styles.get(i), period * width + GAP / 2.0, top, width - GAP, height));
                }
            }
        }
    }

    /** In words, for who does not see it. */
    public String description() {
        StringBuilder text = new StringBuilder(title).append(": ");
        series.forEach(each ->
                text.append(each.name()).append(' ').append(each.total()).append("; "));
        return text.append(ConsoleText.text("chart.highest", highest)).toString();
    }
}
