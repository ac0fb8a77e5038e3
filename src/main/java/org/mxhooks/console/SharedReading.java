package org.mxhooks.console;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/**
 * What is read at most once a second, and less often where that takes long, for however many browsers. Who comes while
 * it is read waits for it. A failure is shared as well: while the database does not answer, one request waits for it
 * and not each in turn. Thread-safe.
 *
 * @param <T> what is read
 */
final class SharedReading<T> {

    private static final Duration FRESH = Duration.ofSeconds(1);

    /** The database has other work. */
    private static final int PAUSE_PER_READ = 4;

    private static final Duration MAX_PAUSE = Duration.ofSeconds(15);

    private final LongSupplier nanoTime;
    private T latest;
    private RuntimeException failure;
    private volatile boolean isRead;
    private volatile long expires;

    /** @param nanoTime as {@link System#nanoTime()} */
    SharedReading(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether nobody has looked at it for long. */
    boolean isExpired() {
        return isRead && nanoTime.getAsLong() - expires >= 0;
    }

    /** What the query returns, or returned a moment ago. */
    synchronized T read(Callable<T> query) {
        if (!isRead || isExpired()) {
            readAgain(query);
        }
        if (failure != null) {
            throw failure;
        }
        return latest;
    }

    private void readAgain(Callable<T> query) {
        long began = nanoTime.getAsLong();
        latest = null;
        failure = null;
        try {
            latest = PageData.read(query);
        } catch (RuntimeException e) {
            failure = e;
        }
        long ended = nanoTime.getAsLong();
        long pause = Math.min(MAX_PAUSE.toNanos(), PAUSE_PER_READ * (ended - began));
        expires = ended + Math.max(FRESH.toNanos(), pause);
        isRead = true;
    }

    /** What was read before a change is not shown after it. */
    synchronized void forget() {
        isRead = false;
        latest = null;
        failure = null;
    }
}
