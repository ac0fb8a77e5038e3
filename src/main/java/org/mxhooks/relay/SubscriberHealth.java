package org.mxhooks.relay;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.mxhooks.resilience.CircuitBreaker;
import org.mxhooks.resilience.CircuitBreaker.Opening;

/**
 * Whether a subscriber is to be called now, on this node: not while it asked to wait, nor after it could not be reached
 * or failed several deliveries in a row, but for probes. Safe for use by many threads.
 */
final class SubscriberHealth {

    private static final Duration MIN_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    /** That a subscriber fails one delivery may be that delivery's fault. */
    private static final int MAX_FAILURES = 5;

    /** Who was not called for so long after the time that it asked for was not going to be: it was paused. */
    private static final Duration MAX_SILENCE = Duration.ofMinutes(5);

    /** More than lanes and replays can have at once. */
    private static final int MAX_WAITING = 1_000;

    private final LongSupplier nanoTime;
    private final CircuitBreaker breaker;
    private final Set<UUID> failing = new LinkedHashSet<>();
    private final Map<UUID, Long> waiting = new LinkedHashMap<>();
    private int failures;
    private long waitUntil;

    /** @param probeTimeout longer than a call lasts */
    SubscriberHealth(Duration probeTimeout, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        breaker = new CircuitBreaker(MIN_PAUSE, MAX_PAUSE, probeTimeout, nanoTime);
        waitUntil = nanoTime.getAsLong();
    }

    /** @throws CircuitBreaker.Open while it is not to be called */
    CircuitBreaker.Permit acquire() throws CircuitBreaker.Open, AskedToWait {
        long left = waitLeft();
        if (left > 0) {
            throw new AskedToWait(Duration.ofNanos(left));
        }
        return breaker.acquire();
    }

    private synchronized long waitLeft() {
        return waitUntil - nanoTime.getAsLong();
    }

    /**
     * It asked to be called later: a probe has reached it then, and its next call is when it said.
     *
     * @return for how long it has asked so with this delivery; begins anew with the node, and after a pause
     */
    synchronized Duration waitFor(CircuitBreaker.Permit permit, UUID delivery, Duration pause) {
        long now = nanoTime.getAsLong();
        if (now - waitUntil > MAX_SILENCE.toNanos()) {
            waiting.clear();
        }
        waitUntil = now + pause.toNanos();
        if (permit.probe()) {
            breaker.succeeded(delivery.toString());
        }
        waiting.putIfAbsent(delivery, now);
        if (waiting.size() > MAX_WAITING) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        return Duration.ofNanos(now - waiting.getOrDefault(delivery, now));
    }

    synchronized void succeeded(UUID delivery) {
        failing.clear();
        waiting.remove(delivery);
        failures = 0;
        breaker.succeeded(delivery.toString());
    }

    /** It could not be reached. */
    synchronized void unreachable(CircuitBreaker.Permit permit, String why) {
        failures++;
        breaker.failed(permit, why);
    }

    /** It was reached and did not take a delivery. */
    synchronized void failed(CircuitBreaker.Permit permit, UUID delivery, String why) {
        failures++;
        waiting.remove(delivery);
        if (failing.size() < MAX_FAILURES) {
            failing.add(delivery);
        }
        if (permit.probe() || failing.size() >= MAX_FAILURES) {
            breaker.failed(permit, why);
        }
    }

    /**
     * What this node has learned of a subscriber.
     *
     * @param opening of the breaker; empty while it is closed
     * @param failures since the last success
     * @param waitUntil until when it asked not to be called; empty if that is over
     */
    record Finding(Optional<Opening> opening, int failures, OptionalLong waitUntil) {

        boolean isGood() {
            return opening.isEmpty() && failures == 0 && waitUntil.isEmpty();
        }
    }

    synchronized Finding finding() {
        return new Finding(
                breaker.opening(), failures, waitLeft() > 0 ? OptionalLong.of(waitUntil) : OptionalLong.empty());
    }

    /** The subscriber asked to wait. */
    static final class AskedToWait extends Exception {

        private static final long serialVersionUID = 1;

        private final Duration left;

        AskedToWait(Duration left) {
            super("the subscriber asked to wait", null, false, false);
            this.left = left;
        }

        Duration left() {
            return left;
        }
    }
}
