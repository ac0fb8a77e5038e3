package org.mxhooks.dispatch;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.mxhooks.inbox.AppendEffort;

/**
 * How fast a node calls asynchronous consumers: as fast as it can, but while its log's writer is at work for more than
 * half of the time, no faster than so many calls for each delivery that is accepted. Calls are many where consumers are
 * many, and would take the processors that accepting needs. Safe for use by many threads.
 */
final class CallPace {

    private static final Duration WINDOW = Duration.ofMillis(250);

    /** So many are made in any case. */
    private static final int MIN_OF_WINDOW = 25;

    private final Supplier<AppendEffort> appends;
    private final int processors;
    private final LongSupplier nanoTime;
    private AppendEffort before;
    private long beganAt;
    private long left = Long.MAX_VALUE;

    /** @param nanoTime as {@link System#nanoTime} */
    CallPace(Supplier<AppendEffort> appends, int processors, LongSupplier nanoTime) {
        this.appends = appends;
        this.processors = processors;
        this.nanoTime = nanoTime;
        before = appends.get();
        beganAt = nanoTime.getAsLong();
    }

    /** Whether a call may begin now; if not, it may within a moment. */
    synchronized boolean isOpen() {
        long elapsed = nanoTime.getAsLong() - beganAt;
        if (elapsed >= WINDOW.toNanos()) {
            AppendEffort now = appends.get();
            boolean busy = (now.nanos() - before.nanos()) * 2 > elapsed;
            left = busy ? Math.max(MIN_OF_WINDOW, share(now.deliveries() - before.deliveries())) : Long.MAX_VALUE;
            before = now;
            beganAt += elapsed;
        }
        return left > 0;
    }

    /** An eighth of a call for each delivery and processor: where a quarter was, accepting lost a third of its rate. */
    private long share(long deliveries) {
        return deliveries * processors / 8;
    }

    /** A call begins. */
    synchronized void began() {
        left--;
    }
}
