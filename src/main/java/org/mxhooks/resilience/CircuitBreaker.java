package org.mxhooks.resilience;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether a far end may be called. After a failure one thread at a time probes it, with pauses that double up to a
 * limit: a failing call may hold its thread for long, and fill the log. A probe that does not return is not waited for.
 * Safe for use by many threads.
 */
public final class CircuitBreaker {

    /** How long a caller waits beyond the next probe, so that its result is known. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final Duration minPause;
    private final Duration maxPause;
    private final Duration probeTimeout;
    private final LongSupplier nanoTime;
    private boolean open;
    private boolean probing;
    private String cause = "";
    private Duration pause;
    private long nextProbeAt;

    /**
     * @param minPause between the first failure and the first probe
     * @param maxPause between two probes: a recovery is noticed within it
     * @param probeTimeout after which another thread may probe
     * @param nanoTime as {@link System#nanoTime}
     */
    public CircuitBreaker(Duration minPause, Duration maxPause, Duration probeTimeout, LongSupplier nanoTime) {
        this.minPause = minPause;
        this.maxPause = maxPause;
        this.probeTimeout = probeTimeout;
        this.nanoTime = nanoTime;
        pause = minPause;
    }

    /** Permission to call; the caller reports how that ended. */
    public record Permit(boolean probe) {}

    /** The caller is not to call. */
    public static final class Open extends Exception {

        private static final long serialVersionUID = 1;

        private final Duration retryAfter;

        private Open(Duration retryAfter, String cause) {
            super(cause, null, false, false);
            this.retryAfter = retryAfter;
        }

        /** After which more will be known. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** @throws Open while the far end is not to be called, with the message of the last failure */
    public synchronized Permit acquire() throws Open {
        if (!open) {
            return new Permit(false);
        }
        long left = nextProbeAt - nanoTime.getAsLong();
        if (left > 0) {
            throw new Open(probing ? minPause : Duration.ofNanos(left).plus(MARGIN), cause);
        }
        probing = true;
        nextProbeAt = nanoTime.getAsLong() + probeTimeout.toNanos();
        return new Permit(true);
    }

    /** Reports that a permitted call succeeded. */
    public synchronized void succeeded() {
        open = false;
        probing = false;
        pause = minPause;
    }

    /**
     * Reports that a permitted call failed; calls that were under way when the far end failed count as one failure.
     *
     * @return after which the far end is probed next
     */
    public synchronized Duration failed(Permit permit, String why) {
        if (!open || permit.probe()) {
            pause = open ? doubled() : minPause;
            nextProbeAt = nanoTime.getAsLong() + pause.toNanos();
            probing = false;
            cause = why;
            open = true;
        }
        return pause;
    }

    private Duration doubled() {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(maxPause) < 0 ? doubled : maxPause;
    }
}
