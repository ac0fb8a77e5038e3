package org.mxhooks.http;

import static java.lang.System.Logger.Level.INFO;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.mxhooks.http.EndpointState.Refusal;

/**
 * What an endpoint refused. However many come, the cause of at most one in a second is worked out, kept and told to the operator in a
 * line of the log. Safe for use by many threads.
 */
final class Refusals {

    private static final System.Logger LOG = System.getLogger(SignatureFilter.class.getName());
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

    private final String endpoint;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private long count;
    private long told;
    private long toldAt;
    private Refusal latest;

    /**
     * @param endpoint its name
     * @param clock for people
     * @param nanoTime as {@link System#nanoTime()}
     */
    Refusals(String endpoint, Clock clock, LongSupplier nanoTime) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** @param why asked for only if a line is due */
    void add(Supplier<String> why) {
        long toTell = count(nanoTime.getAsLong());
        if (toTell > 0) {
            Refusal refusal = new Refusal(clock.instant(), why.get());
            keep(refusal);
            LOG.log(
                    INFO,
                    "Requests refused on endpoint {0} since the last such line: {1}. The latest: {2}",
                    endpoint,
                    String.valueOf(toTell),
                    refusal.why());
        }
    }

    synchronized long count() {
        return count;
    }

    /** The last whose cause was worked out. */
    synchronized Optional<Refusal> latest() {
        return Optional.ofNullable(latest);
    }

    /** How many to tell of now; 0 while the last line is too young. */
    private synchronized long count(long now) {
        count++;
        if (told > 0 && now - toldAt < BETWEEN_LINES.toNanos()) {
            return 0;
        }
        long toTell = count - told;
        told = count;
        toldAt = now;
        return toTell;
    }

    private synchronized void keep(Refusal refusal) {
        latest = refusal;
    }
}
