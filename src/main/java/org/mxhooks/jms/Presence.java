package org.mxhooks.jms;

import java.time.Duration;

/**
 * Whether the broker is there, as the last send found it. While it is away, one thread at a time finds out whether it is back, at
 * intervals: an adapter may hold a thread for as long as it tries to connect, and the others would queue behind it.
 */
final class Presence {

    private final Duration interval;
    private boolean away;
    private boolean asked;
    private long askAgainAt;

    /** @param interval between a failure and the next try */
    Presence(Duration interval) {
        this.interval = interval;
    }

    /** Whether the caller may send now; if so, it tells how that ended. */
    synchronized boolean maySend() {
        if (!away) {
            return true;
        }
        if (asked || System.nanoTime() - askAgainAt < 0) {
            return false;
        }
        asked = true;
        return true;
    }

    synchronized void ended(boolean well) {
        away = !well;
        asked = false;
        askAgainAt = System.nanoTime() + interval.toNanos();
    }
}
