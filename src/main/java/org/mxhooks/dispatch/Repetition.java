package org.mxhooks.dispatch;

import java.time.Duration;

/** Something to be done again after a while; at once where it failed. */
final class Repetition {

    private final Duration interval;
    private long next = System.nanoTime();

    Repetition(Duration interval) {
        this.interval = interval;
    }

    boolean isTime() {
        return System.nanoTime() - next >= 0;
    }

    void done() {
        next = System.nanoTime() + interval.toNanos();
    }
}
