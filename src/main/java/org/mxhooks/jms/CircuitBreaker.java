package org.mxhooks.jms;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether the broker may be tried. After a failure one thread at a time probes it, with pauses that double up to a
 * limit: an adapter may hold a thread for as long as it tries to connect, and write a stack trace each time. A probe
 * that does not return is not waited for.
 */
final class CircuitBreaker {

    /** How long a caller waits beyond the next probe, so that the answer is known. */
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
     * @param maxPause between two probes: so long at most a recovery goes unnoticed
     * @param probeTimeout after which another thread may probe
     * @param nanoTime as {@link System#nanoTime}
     */
    CircuitBreaker(Duration minPause, Duration maxPause, Duration probeTimeout, LongSupplier nanoTime) {
        this.minPause = minPause;
        this.maxPause = maxPause;
        this.probeTimeout = probeTimeout;
        this.nanoTime = nanoTime;
        pause = minPause;
    }

    /** Leave to send; the caller reports how that ended. */
    record Permit(boolean probe) {}

    /** The caller is not to send. */
    static final class Open extends Exception {

        private static final long serialVersionUID = 1;

        private final Duration retryAfter;

        private Open(Duration retryAfter, String cause) {
            super(cause, null, false, false);
            this.retryAfter = retryAfter;
        }

        /** When more will be known. */
        Duration retryAfter() {
            return retryAfter;
        }
    }

    /** @throws Open while the broker is not to be tried, with what the last failure said */
    synchronized Permit acquire() throws Open {
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

    synchronized void succeeded() {
        open = false;
        probing = false;
        pause = minPause;
    }

    /**
     * Sends that were on their way when the broker failed count as one failure.
     *
     * @return when the broker is tried next
     */
    synchronized Duration failed(Permit permit, String why) {
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
