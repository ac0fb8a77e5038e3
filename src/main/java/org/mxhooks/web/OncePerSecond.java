package org.mxhooks.web;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Limits log entries that untrusted clients can cause to one per second, with the number of all since the previous one.
 * Thread-safe.
 */
public final class OncePerSecond {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private long pending;
    private boolean logged;
    private long loggedAt;

    /** @param nanoTime a clock like {@link System#nanoTime()} */
    public OncePerSecond(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Counts one more; returns how many the entry stands for, or empty if none is due. */
    public synchronized OptionalLong count() {
        long now = nanoTime.getAsLong();
        pending++;
        if (logged && now - loggedAt < PERIOD.toNanos()) {
            return OptionalLong.empty();
        }
        long due = pending;
        pending = 0;
        logged = true;
        loggedAt = now;
        return OptionalLong.of(due);
    }
}
