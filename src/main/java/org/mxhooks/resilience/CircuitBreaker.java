package org.mxhooks.resilience;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether a far end may be called. After a failure one thread at a time probes it, with pauses that double up to a
 * limit: a failing call may hold its thread for long, and fill the log. A probe that does not return is not waited for.
 *
 * <p>A far end that was reached and refused a call is not judged by that call alone, since it may refuse what the call
 * is about, its subject, and nothing else. It is unavailable if it refuses two subjects and accepts nothing in between;
 * a subject that it refuses again after it accepted another is to blame itself. Safe for use by many threads.
 */
public final class CircuitBreaker {

    /** How long a caller waits beyond the next probe, so that its result is known. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** After which a subject is to blame although nothing else was accepted: nobody else may be calling. */
    private static final int MAX_REFUSALS = 5;

    /** Of the subjects that are remembered as refused. A forgotten one is refused once more before it is to blame. */
    private static final int MAX_SUBJECTS = 1_000;

    private final Duration minPause;
    private final Duration maxPause;
    private final Duration probeTimeout;
    private final LongSupplier nanoTime;
    private final Map<String, Suspicion> suspicions = new LinkedHashMap<>();
    private boolean open;
    private boolean probing;
    private long openedAt;
    private String cause = "";
    private Duration pause;
    private long nextProbeAt;
    private long accepted;
    private Optional<String> lastRefused = Optional.empty();

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

    /**
     * A subject that was refused since it was last accepted.
     *
     * @param refusals how often
     * @param accepted how many calls had been accepted when it was refused first
     */
    private record Suspicion(int refusals, long accepted) {}

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

    /**
     * A breaker that is open.
     *
     * @param cause of the last failure
     * @param since when, on the clock of {@code nanoTime}
     * @param nextProbe from when on the far end may be called, likewise
     * @param probing whether it is being called
     */
    public record Opening(String cause, long since, long nextProbe, boolean probing) {}

    /** Empty where the far end may be called by all. */
    public synchronized Optional<Opening> opening() {
        return open ? Optional.of(new Opening(cause, openedAt, nextProbeAt, probing)) : Optional.empty();
    }

    /** Reports that the far end accepted a permitted call about a subject. */
    public synchronized void succeeded(String subject) {
        accepted++;
        suspicions.remove(subject);
        lastRefused = Optional.empty();
        open = false;
        probing = false;
        pause = minPause;
    }

    /**
     * Reports that a permitted call did not reach the far end; calls that were under way when that began count as one
     * failure. Earlier refusals are forgotten, since that may have been their cause.
     *
     * @return after which the far end is probed next
     */
    public synchronized Duration failed(Permit permit, String why) {
        suspicions.clear();
        lastRefused = Optional.empty();
        return open(permit, why);
    }

    /**
     * Reports that the far end was reached and did not accept a permitted call about a subject.
     *
     * @return after which to call again about this subject, without counting this call; empty if the subject is to
     *     blame
     */
    public synchronized Optional<Duration> refused(Permit permit, String subject, String why) {
        Suspicion suspicion = suspect(subject);
        if (suspicion.accepted() < accepted || suspicion.refusals() >= MAX_REFUSALS) {
            letAnotherProbe(permit);
            return Optional.empty();
        }
        boolean refusesOthers =
                lastRefused.filter(other -> !other.equals(subject)).isPresent();
        lastRefused = Optional.of(subject);
        if (refusesOthers) {
            return Optional.of(open(permit, why));
        }
        letAnotherProbe(permit);
        return Optional.of(limited(minPause.multipliedBy(1L << (suspicion.refusals() - 1))));
    }

    private Suspicion suspect(String subject) {
        Suspicion earlier = suspicions.remove(subject);
        Suspicion suspicion = earlier == null
                ? new Suspicion(1, accepted)
                : new Suspicion(earlier.refusals() + 1, earlier.accepted());
        suspicions.put(subject, suspicion);
        if (suspicions.size() > MAX_SUBJECTS) {
            suspicions.remove(suspicions.keySet().iterator().next());
        }
        return suspicion;
    }

    private Duration open(Permit permit, String why) {
        if (!open || permit.probe()) {
            long now = nanoTime.getAsLong();
            pause = open ? limited(pause.multipliedBy(2)) : minPause;
            openedAt = open ? openedAt : now;
            nextProbeAt = now + pause.toNanos();
            probing = false;
            cause = why;
            open = true;
        }
        return pause;
    }

    private void letAnotherProbe(Permit permit) {
        if (open && permit.probe()) {
            nextProbeAt = nanoTime.getAsLong();
            probing = false;
        }
    }

    private Duration limited(Duration wanted) {
        return wanted.compareTo(maxPause) < 0 ? wanted : maxPause;
    }
}
