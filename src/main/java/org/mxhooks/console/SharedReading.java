package org.mxhooks.console;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What is read at most once a second, and less often where that takes long, for however many browsers. A failure is
 * shared as well: while the database does not answer, one request waits for it and not each in turn. Thread-safe.
 *
 * @param <T> what is read
 */
final class SharedReading<T> {

    private static final Duration FRESH = Duration.ofSeconds(1);

    /** The database has other work. */
    private static final int PAUSE_PER_READ = 4;

    private static final Duration MAX_PAUSE = Duration.ofSeconds(15);

    private final ReadStep<T> query;
    private final LongSupplier nanoTime;
    private T latest;
    private SQLException failure;
    private long expires;

    /** Reads from the database. */
    interface ReadStep<T> {
        T read() throws SQLException;
    }

    /** @param nanoTime as {@link System#nanoTime()} */
    SharedReading(ReadStep<T> query, LongSupplier nanoTime) {
        this.query = query;
        this.nanoTime = nanoTime;
    }

    synchronized T get() throws SQLException {
        long now = nanoTime.getAsLong();
        if (latest == null && failure == null || now - expires >= 0) {
            readAgain(now);
        }
        if (failure != null) {
            throw new SQLException(failure.getMessage(), failure.getSQLState(), failure);
        }
        return latest;
    }

    private void readAgain(long began) {
        latest = null;
        failure = null;
        try {
            latest = query.read();
        } catch (SQLException e) {
            failure = e;
        }
        long ended = nanoTime.getAsLong();
        long pause = Math.min(MAX_PAUSE.toNanos(), PAUSE_PER_READ * (ended - began));
        expires = ended + Math.max(FRESH.toNanos(), pause);
    }

    /** What was read before a change is not shown after it. */
    synchronized void forget() {
        latest = null;
        failure = null;
    }
}
