package org.mxhooks.web;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Keeps lines out of the log that strangers could fill it with: one in a second, with the number of all since the last.
 * Safe for use by many threads.
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

    /** Counts one more; how many a line now stands for, or empty if none is due. */
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
