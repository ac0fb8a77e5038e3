package org.mxhooks.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Counts which of an endpoint's secrets verified requests on this node since its start: a rotation is complete when the
 * previous one no longer does. Thread-safe.
 */
final class SecretUse {

    private final Clock clock;
    private final Counter current;
    private final Counter previous;
    private volatile Instant lastPrevious;

    SecretUse(String endpoint, Clock clock, MeterRegistry meters) {
        this.clock = clock;
        current = counter(endpoint, "current", meters);
        previous = counter(endpoint, "previous", meters);
    }

    private static Counter counter(String endpoint, String secret, MeterRegistry meters) {
        return Counter.builder("mxhooks.verified")
                .description("Requests whose signature was verified, by the secret that verified it")
                .tag("endpoint", endpoint)
                .tag("secret", secret)
                .register(meters);
    }

    void recordCurrent() {
        current.increment();
    }

    void recordPrevious() {
        previous.increment();
        lastPrevious = clock.instant();
    }

    /** Forgets the last use: the previous secret has another value now. */
    void replacePrevious() {
        lastPrevious = null;
    }

    /** When the present previous secret last verified something. */
    Optional<Instant> lastPrevious() {
        return Optional.ofNullable(lastPrevious);
    }
}
