package org.mxhooks.dispatch;

import org.mxhooks.dispatch.Lane.Passed;
import org.mxhooks.inbox.LaneTail;
import org.mxhooks.inbox.LogEntry;

/**
 * Passes in memory over what a consumer does not want, by what was stored of it: that costs neither a turn nor a
 * commit.
 *
 * @param notifier of the consumer
 */
record UnwantedDeliveries(Notifier notifier) {

    /** Passes a delivery, the next of a lane, if it is not wanted; returns whether it did. */
    boolean pass(Lane lane, LogEntry entry) {
        boolean passes = !notifier.mayWant(entry);
        if (passes) {
            lane.passTo(new Passed(entry.position(), entry.delivery()));
        }
        return passes;
    }

    /**
     * Passes the newest deliveries of a lane if none of them is wanted; returns whether that leaves nothing to do. Not
     * so where somebody works on the lane, or where it is further behind.
     */
    boolean pass(Lane lane, LaneTail tail) {
        if (!lane.schedule().take()) {
            return false;
        }
        try {
            return lane.position() >= tail.since()
                    && passAll(lane, tail)
                    && !lane.schedule().isReady();
        } finally {
            lane.schedule().endTurn();
        }
    }

    private boolean passAll(Lane lane, LaneTail tail) {
        long position = lane.position();
        LogEntry last = null;
        for (LogEntry entry : tail.entries()) {
            if (entry.position() > position) {
                if (notifier.mayWant(entry)) {
                    return false;
                }
                last = entry;
            }
        }
        if (last != null) {
            lane.passTo(new Passed(last.position(), last.delivery()));
        }
        return true;
    }
}
