package org.mxhooks.dispatch;

import java.util.Optional;
import java.util.function.Function;
import org.mxhooks.resilience.Turns;

/** When a consumer's replays have a turn, of which there is one at a time; one that hangs counts no more. */
final class ReplaySchedule {

    private boolean signalled;
    private long pausedUntil = System.nanoTime();
    private ReplayPass running;

    /** Replays may be due. */
    synchronized void signal() {
        signalled = true;
    }

    /** Nothing is replayed until then, or longer if it was paused for longer, in terms of {@link System#nanoTime}. */
    synchronized void pauseUntil(long nanoTime) {
        if (nanoTime - pausedUntil > 0) {
            pausedUntil = nanoTime;
        }
    }

    synchronized boolean isPaused() {
        return System.nanoTime() - pausedUntil < 0;
    }

    synchronized boolean isReady() {
        boolean free = running == null || running.hangs();
        return signalled && free && !isPaused();
    }

    /** A turn, if there may be something to do; where it cannot be made, none has begun. */
    synchronized Optional<Turns.TurnWork> begin(Function<ReplayPass, Turns.TurnWork> turn) {
        if (!isReady()) {
            return Optional.empty();
        }
        ReplayPass pass = new ReplayPass();
        Optional<Turns.TurnWork> begun = Optional.of(turn.apply(pass));
        signalled = false;
        running = pass;
        return begun;
    }

    private synchronized void end(ReplayPass turn) {
        if (running == turn) {
            running = null;
        }
    }

    final class ReplayPass {
        private volatile Lane lane;

        /** The lane beside which it replays now. */
        void workOn(Lane beside) {
            lane = beside;
        }

        private boolean hangs() {
            return lane != null && lane.schedule().isLost();
        }

        void end() {
            ReplaySchedule.this.end(this);
        }
    }
}
