package org.mxhooks.ingest;

import static java.lang.System.Logger.Level.INFO;

import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.mxhooks.ingest.EndpointState.RefusedRequest;
import org.mxhooks.web.OncePerSecond;

/**
 * The requests that an endpoint refused. However many come, the cause of at most one per second is determined, kept and
 * logged. Safe for use by many threads.
 */
final class Refusals {

    private static final System.Logger LOG = System.getLogger(Refusals.class.getName());

    private final String endpoint;
    private final Clock clock;
    private final OncePerSecond lines;
    private long count;
    private RefusedRequest latest;

    /**
     * @param endpoint its name
     * @param clock for people
     * @param nanoTime as {@link System#nanoTime()}
     */
    Refusals(String endpoint, Clock clock, LongSupplier nanoTime) {
        this.endpoint = endpoint;
        this.clock = clock;
        lines = new OncePerSecond(nanoTime);
    }

    /** @param why called only if a line is due */
    void add(Supplier<String> why) {
        increment();
        lines.count().ifPresent(since -> {
            RefusedRequest refusal = new RefusedRequest(clock.instant(), why.get());
            keep(refusal);
            LOG.log(
                    INFO,
                    "Requests refused on endpoint {0} since the previous entry: {1}. Latest: {2}",
                    endpoint,
                    String.valueOf(since),
                    refusal.why());
        });
    }

    private synchronized void increment() {
        count++;
    }

    synchronized long count() {
        return count;
    }

    /** The last whose cause was determined. */
    synchronized Optional<RefusedRequest> latest() {
        return Optional.ofNullable(latest);
    }

    private synchronized void keep(RefusedRequest refusal) {
        latest = refusal;
    }
}
