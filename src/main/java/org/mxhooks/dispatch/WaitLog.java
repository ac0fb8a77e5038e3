package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Logs that a consumer asks to be notified later: a line when that begins, others at growing intervals while it lasts,
 * one when it ends. A consumer that changes its mind more often than once in a minute is logged less.
 */
final class WaitLog {

    private static final System.Logger LOG = System.getLogger(WaitLog.class.getName());
    private static final Duration MIN_INTERVAL = Duration.ofMinutes(1);
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);

    private final String consumer;
    private final LongSupplier nanoTime;
    private final Set<WaitingWork> waiting = new HashSet<>();
    private long beganAt;
    private long quietUntil;
    private Duration interval = MIN_INTERVAL;
    private boolean begun;

    /** @param nanoTime as {@link System#nanoTime} */
    WaitLog(String consumer, LongSupplier nanoTime) {
        this.consumer = consumer;
        this.nanoTime = nanoTime;
        quietUntil = nanoTime.getAsLong();
    }

    /**
     * What waits.
     *
     * @param parked position of a parked event or a replay; 0 for the lane itself
     */
    record WaitingWork(int lane, long parked) {
        static WaitingWork lane(LaneClaim claim) {
            return new WaitingWork(claim.lane(), 0);
        }

        static WaitingWork parked(ParkedEvent event) {
            return new WaitingWork(event.lane(), event.position());
        }
    }

    /**
     * The consumer asked for a pause.
     *
     * @param delivery of which it was notified
     */
    synchronized void waits(WaitingWork work, String delivery, Failure failure) {
        long now = nanoTime.getAsLong();
        boolean first = waiting.isEmpty();
        waiting.add(work);
        if (first) {
            beganAt = now;
            interval = MIN_INTERVAL;
        }
        if (now - quietUntil < 0) {
            return;
        }
        if (begun) {
            LOG.log(
                    WARNING,
                    "Consumer {0} has been asking to retry later for {1}; lanes and events that wait: {2}; latest: {3}: {4}",
                    consumer,
                    since(now),
                    waiting.size(),
                    delivery,
                    failure.message());
            interval = interval.multipliedBy(2).compareTo(MAX_INTERVAL) < 0 ? interval.multipliedBy(2) : MAX_INTERVAL;
        } else {
            begun = true;
            LOG.log(
                    WARNING,
                    "Consumer {0} asked to retry {1} later; waiting for {2}: {3}",
                    consumer,
                    delivery,
                    failure.pause().orElseThrow(),
                    failure.message());
        }
        quietUntil = now + interval.toNanos();
    }

    /** It dealt with what waited, or failed on it in another way. */
    synchronized void ended(WaitingWork work, Supplier<String> delivery) {
        if (waiting.remove(work) && waiting.isEmpty() && begun) {
            begun = false;
            LOG.log(
                    INFO,
                    "Consumer {0} stopped waiting after {1}: {2}",
                    consumer,
                    since(nanoTime.getAsLong()),
                    delivery.get());
        }
    }

    /** Other nodes have the other lanes. */
    synchronized void keep(Set<Integer> lanes) {
        waiting.removeIf(work -> !lanes.contains(work.lane()));
        begun &= !waiting.isEmpty();
    }

    private Duration since(long now) {
        return Duration.ofSeconds(Duration.ofNanos(now - beganAt).toSeconds());
    }
}
