package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.mxhooks.inbox.BodyBudget;
import org.mxhooks.inbox.LogEntry;

/**
 * Calls an asynchronous consumer about what is replayed: beside some lanes at the same time, beside each about one
 * after another.
 */
final class ReplayCalls {

    private final AsyncConsumer consumer;
    private final ConsumerWork work;
    private final TurnGuard guard;
    private final RunningCalls running;

    /** The numbers of the lanes beside which it replays. */
    private final Set<Integer> busy = ConcurrentHashMap.newKeySet();

    ReplayCalls(AsyncConsumer consumer, ConsumerWork work, TurnGuard guard, RunningCalls running) {
        this.consumer = consumer;
        this.work = work;
        this.guard = guard;
        this.running = running;
    }

    /**
     * Begins replays beside a lane, one after another, until others have their turn; where some are at it already, or
     * there is no permit, it does not.
     *
     * @param over whether others have their turn
     * @param whenDone gets the lane when none is under way any more, and whether there may be more to replay
     * @return whether it began, or others were at it
     */
    boolean begin(Lane beside, BooleanSupplier over, ReplayEnd whenDone) {
        if (!busy.add(beside.claim().lane())) {
            return true;
        }
        if (!running.takeReplayPermit()) {
            busy.remove(beside.claim().lane());
            return false;
        }
        Series series = new Series(beside, over, whenDone);
        boolean calling = false;
        try {
            calling = guard.run(List.of(beside), series::next);
        } finally {
            if (!calling) {
                series.end();
            }
        }
        return true;
    }

    /** What follows when replays beside a lane have ended for now. */
    interface ReplayEnd {
        void ended(Lane beside, boolean more);
    }

    /** Replays one after another beside a lane. */
    private final class Series {
        private final Lane beside;
        private final BooleanSupplier over;
        private final ReplayEnd whenDone;
        private boolean more = true;

        Series(Lane beside, BooleanSupplier over, ReplayEnd whenDone) {
            this.beside = beside;
            this.over = over;
            this.whenDone = whenDone;
        }

        /** Begins the next call; returns whether one is under way. */
        boolean next() throws SQLException, LaneLost {
            boolean calling = false;
            while (!calling && more && mayGoOn()) {
                calling = running.reading((bodies, begun) -> {
                    more = work.retries()
                            .replayNext(
                                    beside,
                                    (in, parked, entry) -> begun.set(ParkedCall.begin(
                                            new ReplayCall(this, entry, parked, bodies),
                                            consumer,
                                            work.retries(),
                                            running)));
                    return begun.get();
                });
            }
            return calling;
        }

        private boolean mayGoOn() {
            return running.mayBegin()
                    && !over.getAsBoolean()
                    && !beside.schedule().isPaused();
        }

        void end() {
            busy.remove(beside.claim().lane());
            running.giveBackReplayPermit();
            whenDone.ended(beside, more && !beside.schedule().isLost());
        }
    }

    private final class ReplayCall extends ParkedCall {
        private final Series series;

        ReplayCall(Series series, LogEntry entry, ParkedEvent begun, BodyBudget.HeldBodies bodies) {
            super(series.beside, entry, begun, bodies);
            this.series = series;
        }

        @Override
        boolean settle() throws SQLException, LaneLost {
            end(work.retries(), running);
            return series.next();
        }

        @Override
        void release() {
            series.end();
        }
    }
}
