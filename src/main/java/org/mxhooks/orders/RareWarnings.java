package org.mxhooks.orders;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Which failures of orders are logged, of those that are repeated: the first, and then one in ten minutes. */
final class RareWarnings {

    static final Duration PERIOD = Duration.ofMinutes(10);

    private final Map<UUID, Long> loggedAt = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime as {@link System#nanoTime()} */
    RareWarnings(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether this failure is to be logged. */
    boolean isDue(UUID order) {
        long now = nanoTime.getAsLong();
        Long last = loggedAt.get(order);
        boolean due = last == null || now - last >= PERIOD.toNanos();
        if (due) {
            loggedAt.put(order, now);
        }
        return due;
    }

    boolean isFailing(UUID order) {
        return loggedAt.containsKey(order);
    }

    void succeeded(UUID order) {
        loggedAt.remove(order);
    }

    /** Others are forgotten. */
    void retain(Collection<UUID> orders) {
        loggedAt.keySet().retainAll(orders);
    }
}
