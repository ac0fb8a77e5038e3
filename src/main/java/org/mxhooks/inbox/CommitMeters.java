package org.mxhooks.inbox;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Measures commits of groups. */
final class CommitMeters {

    private static final Duration[] COMMIT_TIMES = Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Timer commits;
    private final DistributionSummary sizes;
    private volatile AppendEffort effort = new AppendEffort(0, 0);

    CommitMeters(MeterRegistry meters, AppendQueue queue, int maxInGroup) {
        commits = Timer.builder("mxhooks.inbox.commit")
                .description("Time that a commit of a group of deliveries took, with its sync to disk")
                .serviceLevelObjectives(COMMIT_TIMES)
                .register(meters);
        sizes = DistributionSummary.builder("mxhooks.inbox.commit.deliveries")
                .description("Deliveries that a commit carried, duplicates too")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256, maxInGroup)
                .register(meters);
        Gauge.builder("mxhooks.inbox.waiting.deliveries", queue, AppendQueue::size)
                .description(
                        "Deliveries that wait to be written; at %s more are refused".formatted(AppendQueue.MAX_WAITING))
                .register(meters);
    }

    AppendEffort effort() {
        return effort;
    }

    /** Called by the writer alone. */
    void record(long nanos, int deliveries) {
        effort = new AppendEffort(effort.nanos() + nanos, effort.deliveries() + deliveries);
        commits.record(nanos, TimeUnit.NANOSECONDS);
        sizes.record(deliveries);
    }
}
