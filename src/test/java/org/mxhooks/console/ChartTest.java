package org.mxhooks.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mxhooks.operations.Activity;

/** What a chart draws, and what it says to who does not see it. */
class ChartTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    void stacksWhatHappenedAndSaysIt() {
        List<Activity> activity = new ArrayList<>(Collections.nCopies(30, Activity.NONE));
        activity.set(1, new Activity(0, 0, 75, 20, 5));
        activity.set(29, new Activity(0, 0, 0, 0, 1));
        TimeSeries series = new TimeSeries(NOON, ChartRange.HOUR, Collections.nCopies(30, 0L), activity);

        Chart chart = new Chart.Builder("outcomes", series)
                .with("done", "good", Activity::done)
                .with("failed", "warn", Activity::failed)
                .with("dead", "bad", Activity::dead)
                .chart();

        assertThat(chart.bars()).extracting(Chart.Bar::style).containsExactly("good", "warn", "bad", "bad");
        assertThat(chart.bars()).extracting(Chart.Bar::height).containsExactly(90.0, 24.0, 6.0, 2.0);
        assertThat(chart.bars().get(2).y()).isCloseTo(0, within(0.001));
        assertThat(chart.bars().get(3).x() + chart.bars().get(3).width()).isLessThanOrEqualTo(720);
        assertThat(chart.highest()).isEqualTo(100);
        assertThat(chart.to()).isEqualTo(Instant.parse("2026-03-02T13:00:00Z"));
        assertThat(chart.rows())
                .extracting(Chart.PeriodRow::from)
                .containsExactly(Instant.parse("2026-03-02T12:58:00Z"), Instant.parse("2026-03-02T12:02:00Z"));
        assertThat(chart.rows().get(1).counts()).containsExactly(75L, 20L, 5L);
        assertThat(chart.description())
                .isEqualTo(
                        "Outcomes of notifications: done 75; failed, tried again 20; dead letters 6; at most 100 in one period");
    }

    @Test
    void drawsNothingWhereNothingHappened() {
        TimeSeries series = new TimeSeries(
                NOON, ChartRange.DAY, Collections.nCopies(48, 0L), Collections.nCopies(48, Activity.NONE));

        Chart chart = new Chart.Builder("arrivals", series)
                .with("arrived", "fine", series.arrivals())
                .chart();

        assertThat(chart.bars()).isEmpty();
        assertThat(chart.rows()).isEmpty();
    }
}
