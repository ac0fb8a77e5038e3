package org.mxhooks.http;

import static java.lang.System.Logger.Level.INFO;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells the operator of refused requests: however many come, at most one line in a second for each endpoint. Safe for use by
 * many threads.
 */
final class RefusalLog {

    private static final System.Logger LOG = System.getLogger(SignatureFilter.class.getName());
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    /** @param nanoTime as {@link System#nanoTime()} */
    RefusalLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Counts a refusal, and logs a line if one is due.
     *
     * @param endpoint name of one that exists, so that strangers write nothing into the log
     * @param why asked for only if a line is due
     */
    void refused(String endpoint, Supplier<String> why) {
        long toTell = tallies.computeIfAbsent(endpoint, unused -> new Tally()).add(nanoTime.getAsLong());
        if (toTell > 0) {
            LOG.log(
                    INFO,
                    "Requests refused on endpoint {0} since the last such line: {1}. The latest: {2}",
                    endpoint,
                    String.valueOf(toTell),
                    why.get());
        }
    }

    private static final class Tally {

        private long untold;
        private long lineAt;
        private boolean hasLine;

        /** How many to tell of now; 0 while the last line is too young. */
        synchronized long add(long now) {
            untold++;
            if (hasLine && now - lineAt < BETWEEN_LINES.toNanos()) {
                return 0;
            }
            long toTell = untold;
            untold = 0;
            lineAt = now;
            hasLine = true;
            return toTell;
        }
    }
}
