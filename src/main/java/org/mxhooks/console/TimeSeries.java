package org.mxhooks.console;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.mxhooks.operations.Activity;
import org.mxhooks.operations.Operations;

/**
 * What arrived and what became of it, in each period of a range.
 *
 * @param from when the first period began
 * @param range its periods
 * @param arrivals deliveries
 * @param activity of consumers and endpoints; each node adds its own once a minute
 */
record TimeSeries(Instant from, ChartRange range, List<Long> arrivals, List<Activity> activity) {

    /** As many look-ups in an index as there are periods, and a row for each node and minute. */
    static TimeSeries read(Operations operations, ChartRange range) throws SQLException {
        Instant from = Instant.now()
                .truncatedTo(ChronoUnit.MINUTES)
                .plus(Duration.ofMinutes(1))
                .minus(range.whole());
        return new TimeSeries(
                from,
                range,
                operations.arrivals(from, range.step(), range.steps()),
                operations.activity(from, range.step(), range.steps()));
    }
}
