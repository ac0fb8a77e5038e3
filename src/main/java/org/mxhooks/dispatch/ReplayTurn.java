package org.mxhooks.dispatch;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One worker's turn at a consumer's replays, of which there is one at a time; a turn that hangs counts no more. */
final class ReplayTurn {

    private final AtomicReference<Turn> running = new AtomicReference<>();

    /** A turn that may begin now; empty while another runs. */
    Optional<Turn> tryBegin() {
        Turn before = running.get();
        Turn next = new Turn();
        boolean free = before == null || before.hangs();
        return free && running.compareAndSet(before, next) ? Optional.of(next) : Optional.empty();
    }

    final class Turn {
        private volatile Lane lane;

        /** The lane beside which it replays now. */
        void workOn(Lane beside) {
            lane = beside;
        }

        private boolean hangs() {
            return lane != null && lane.schedule().isLost();
        }

        void end() {
            running.compareAndSet(this, null);
        }
    }
}
