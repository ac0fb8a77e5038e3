package org.mxhooks.relay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.mxhooks.mendix.StorableText;
import org.mxhooks.relay.BreakerTable.BreakerRow;
import org.mxhooks.relay.SubscriberHealth.Finding;
import org.mxhooks.resilience.CircuitBreaker.Opening;

/**
 * The breakers of this node, one for each subscriber. What they find is written where operators of all nodes see it:
 * after it has changed, and again from time to time, since what is not confirmed counts no longer. While all is well
 * nothing is written.
 */
final class Breakers {

    private static final Duration CONFIRM_EVERY = Duration.ofSeconds(20);
    private static final int MAX_CAUSE = 500;

    private final Map<UUID, SubscriberHealth> health = new ConcurrentHashMap<>();
    private final Map<UUID, Written> written = new HashMap<>();
    private final BreakerTable table;
    private final UUID node;
    private final Duration probeTimeout;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final Instant startedAt;
    private final long start;

    private record Written(BreakerRow row, Instant at) {}

    /** @param probeTimeout longer than a call lasts */
    Breakers(BreakerTable table, UUID node, Duration probeTimeout, LongSupplier nanoTime, Clock clock) {
        this.table = table;
        this.node = node;
        this.probeTimeout = probeTimeout;
        this.nanoTime = nanoTime;
        this.clock = clock;
        startedAt = clock.instant();
        start = nanoTime.getAsLong();
    }

    void measure(MeterRegistry meters) {
        for (boolean probing : List.of(false, true)) {
            Gauge.builder("mxhooks.relay.breakers", () -> count(probing))
                    .description("Subscribers that this node does not call, but for probes, and those that it probes")
                    .tag("state", probing ? "half-open" : "open")
                    .register(meters);
        }
    }

    private long count(boolean probing) {
        return health.values().stream()
                .flatMap(subscriber -> subscriber.finding().opening().stream())
                .filter(opening -> probing == (opening.probing() || opening.nextProbe() - nanoTime.getAsLong() <= 0))
                .count();
    }

    SubscriberHealth of(UUID subscription) {
        return health.computeIfAbsent(subscription, unknown -> new SubscriberHealth(probeTimeout, nanoTime));
    }

    /** Forgets those of subscriptions that are no longer there, and writes what is new of the others. */
    void follow(Set<UUID> present) throws SQLException {
        health.keySet().retainAll(present);
        Set<UUID> troubled = new HashSet<>();
        for (Map.Entry<UUID, SubscriberHealth> each : health.entrySet()) {
            Finding finding = each.getValue().finding();
            if (!finding.isGood()) {
                troubled.add(each.getKey());
                write(each.getKey(), row(finding));
            }
        }
        for (UUID well :
                written.keySet().stream().filter(id -> !troubled.contains(id)).toList()) {
            table.delete(well, node);
            written.remove(well);
        }
    }

    private void write(UUID subscription, BreakerRow row) throws SQLException {
        Written before = written.get(subscription);
        Instant now = clock.instant();
        if (before == null
                || !before.row().equals(row)
                || before.at().plus(CONFIRM_EVERY).isBefore(now)) {
            if (written.isEmpty()) {
                table.deleteUnconfirmed();
            }
            table.write(subscription, node, row);
            written.put(subscription, new Written(row, now));
        }
    }

    private BreakerRow row(Finding finding) {
        Optional<Opening> opening = finding.opening();
        return new BreakerRow(
                opening.map(open -> at(open.since())),
                opening.map(open -> at(open.nextProbe())),
                opening.filter(Opening::probing).isPresent(),
                finding.failures(),
                opening.map(open -> StorableText.clean(open.cause(), MAX_CAUSE)),
                finding.waitUntil().isPresent()
                        ? Optional.of(at(finding.waitUntil().getAsLong()))
                        : Optional.empty());
    }

    /** Whole milliseconds, as each database keeps them. */
    private Instant at(long nanos) {
        return startedAt.plusMillis(Duration.ofNanos(nanos - start).toMillis());
    }
}
