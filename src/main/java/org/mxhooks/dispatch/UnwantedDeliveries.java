package org.mxhooks.dispatch;

import java.util.Optional;
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

    boolean mayWant(LogEntry entry) {
        return notifier.mayWant(entry);
    }

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
            return follows(lane, tail)
                    && passAll(lane, tail)
                    && !lane.schedule().isReady();
        } finally {
            lane.schedule().endTurn();
        }
    }

    /**
     * A cursor of the database is compared when it is moved, what was passed in memory alone only if it is the last:
     * after a failover to an older database positions are given out again, and who has them now may be wanted.
     */
    private static boolean follows(Lane lane, LaneTail tail) {
        Optional<Passed> passed = lane.passed();
        return passed.isPresent()
                ? tail.knows(passed.get().position(), passed.get().delivery())
                : lane.position() >= tail.since();
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
