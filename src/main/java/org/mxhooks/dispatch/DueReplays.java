package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.mxhooks.dispatch.ReplaySchedule.ReplayPass;
import org.mxhooks.resilience.Turns;

/** What a consumer's replays have a turn at: when, and beside which lanes. Safe for use by many threads. */
final class DueReplays {

    private final String consumer;
    private final ParkedLanes parked;
    private final HeldLanes lanes;
    private final TurnGuard guard;
    private final ReplaySchedule schedule = new ReplaySchedule();
    private volatile int lastLane = HeldLanes.NO_LANE;

    DueReplays(String consumer, ParkedLanes parked, HeldLanes lanes, TurnGuard guard) {
        this.consumer = consumer;
        this.parked = parked;
        this.lanes = lanes;
        this.guard = guard;
    }

    /** Replays may be due. */
    void signal() {
        schedule.signal();
    }

    boolean isReady() {
        return schedule.isReady();
    }

    boolean isPaused() {
        return schedule.isPaused();
    }

    /** As {@link ReplaySchedule#begin}. */
    Optional<Turns.TurnWork> begin(Function<ReplayPass, Turns.TurnWork> turn) {
        return schedule.begin(turn);
    }

    /** What is beside the lanes in which replays are due, beginning behind the last one. */
    List<Lane> lanes() {
        try {
            Set<Integer> due = parked.replaysIn(consumer, lanes.numbers());
            return lanes.after(lastLane)
                    .filter(lane -> due.contains(lane.claim().lane()))
                    .map(lane -> new Lane(lane.claim(), false))
                    .toList();
        } catch (SQLException e) {
            guard.logUnavailable(e);
            return List.of();
        }
    }

    /** The next turn begins behind this lane. */
    void began(Lane beside) {
        lastLane = beside.claim().lane();
    }

    /** @param more whether there may be more to replay */
    void ended(Lane beside, boolean more) {
        if (beside.schedule().isPaused()) {
            schedule.pauseUntil(beside.schedule().pausedUntil());
        }
        if (more) {
            schedule.signal();
        }
    }
}
