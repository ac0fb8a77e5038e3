package org.mxhooks.jms;

import java.time.Duration;

/**
 * Whether the broker is there, as the last send found it. While it is away, one thread at a time finds out whether it is back: an
 * adapter may hold a thread for as long as it tries to connect, and the others would queue behind it. One that does not come back
 * is not waited for.
 */
final class Presence {

    private final Duration interval;
    private final Duration patience;
    private boolean away;
    private long askAgainAt;

    /**
     * @param interval between a failure and the next try
     * @param patience with a try that has not ended
     */
    Presence(Duration interval, Duration patience) {
        this.interval = interval;
        this.patience = patience;
    }

    /** Whether the caller may send now; if so, it tells how that ended. */
    synchronized boolean maySend() {
        if (!away) {
            return true;
        }
        if (System.nanoTime() - askAgainAt < 0) {
            return false;
        }
        askAgainAt = System.nanoTime() + patience.toNanos();
        return true;
    }

    synchronized void ended(boolean well) {
        away = !well;
        askAgainAt = System.nanoTime() + interval.toNanos();
    }
}
