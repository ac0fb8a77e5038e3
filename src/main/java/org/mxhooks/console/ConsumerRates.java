package org.mxhooks.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.mxhooks.operations.Backlog;
import org.mxhooks.operations.Operations;

/**
 * How many deliveries a second consumers pass: by two counts of what lies beyond their cursors, a minute apart at most.
 * Counts are taken while somebody looks, at most one a second; those of one node are kept, in memory. Thread-safe.
 */
@ApplicationScoped
class ConsumerRates {

    private static final Duration MAX_AGE = Duration.ofMinutes(1);
    private static final Duration MIN_AGE = Duration.ofSeconds(2);

    @Inject
    Operations operations;

    LongSupplier nanoTime = System::nanoTime;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /** How many positions each consumer has behind it. */
    private record Sample(long at, List<Backlog> source, Map<String, Long> passed) {}

    /** Takes a count, unless it was taken before. */
    synchronized void take(List<Backlog> backlogs) throws SQLException {
        if (!samples.isEmpty() && samples.getLast().source() == backlogs) {
            return;
        }
        long head = operations.head();
        long now = nanoTime.getAsLong();
        samples.removeIf(sample -> now - sample.at() > MAX_AGE.toNanos());
        samples.add(new Sample(
                now,
                backlogs,
                backlogs.stream().collect(Collectors.toMap(Backlog::consumer, backlog -> head - backlog.pending()))));
    }

    /** Of a consumer; empty where it was counted once, or not for two seconds. */
    synchronized OptionalDouble of(String consumer) {
        if (samples.isEmpty()) {
            return OptionalDouble.empty();
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        long between = last.at() - first.at();
        Long before = first.passed().get(consumer);
        Long now = last.passed().get(consumer);
        return between < MIN_AGE.toNanos() || before == null || now == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, (now - before) * 1e9 / between));
    }
}
