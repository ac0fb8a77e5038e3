package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.mxhooks.dispatch.CallWorker.ReplayBegin;
import org.mxhooks.dispatch.CallWorker.Replaying;
import org.mxhooks.dispatch.ReplaySchedule.ReplayPass;
import org.mxhooks.resilience.Turns;

/** What is done in the turns of an asynchronous consumer: calls are begun, and outcomes dealt with. */
final class CallTurns extends ConsumerTurns {

    private static final int MAX_TOGETHER = 32;

    private final ConsumerWork work;
    private final CallWorker calls;
    private boolean settling;

    CallTurns(AsyncConsumer consumer, NodeContext node, ConsumerWork work, HeldLanes lanes, Runnable wake) {
        super(consumer.name(), work, lanes);
        this.work = work;
        calls = new CallWorker(consumer, node, work, guard(), wake);
    }

    CallWorker calls() {
        return calls;
    }

    @Override
    boolean isReady() {
        return calls.hasAnswers() || super.isReady();
    }

    /** Outcomes first, also where no further call is to begin: their lanes wait for that. */
    @Override
    public Optional<Turns.TurnWork> next() {
        if (beginSettling()) {
            return Optional.of(new SettlingTurn());
        }
        return calls.isOpen() ? super.next() : Optional.empty();
    }

    private synchronized boolean beginSettling() {
        boolean begins = !settling && calls.hasAnswers();
        settling |= begins;
        return begins;
    }

    private synchronized void endSettling() {
        settling = false;
    }

    @Override
    List<Lane> queue(Stream<Lane> inTurn) {
        List<Lane> queued = new ArrayList<>();
        for (Lane lane : (Iterable<Lane>) inTurn::iterator) {
            if (queued.size() == MAX_TOGETHER || lane.schedule().isReady() && !queue(lane, queued)) {
                break;
            }
        }
        return queued;
    }

    /** Returns false if there is no permit for it. */
    private boolean queue(Lane lane, List<Lane> queued) {
        if (!calls.takePermit()) {
            return false;
        }
        if (lane.schedule().queueTurn()) {
            queued.add(lane);
        } else {
            calls.giveBackPermit();
        }
        return true;
    }

    @Override
    Turns.TurnWork laneTurn(List<Lane> queued) {
        return new CallingTurn(queued);
    }

    @Override
    Turns.TurnWork replayTurn(ReplayPass pass) {
        return new ReplayingTurn(pass);
    }

    /** Outcomes are recorded that are not recorded together with others. */
    private final class SettlingTurn implements Turns.TurnWork {

        @Override
        public void run() {
            BooleanSupplier over = turnFromNow();
            while (calls.settleNext() && !over.getAsBoolean()) {
                // the next: their lanes wait for that
            }
        }

        @Override
        public void end() {
            endSettling();
        }
    }

    /** Calls are begun in lanes, which are theirs from then on. */
    private final class CallingTurn implements Turns.TurnWork {
        private final List<Lane> lanes;

        CallingTurn(List<Lane> lanes) {
            this.lanes = new ArrayList<>(lanes);
        }

        @Override
        public void run() {
            BooleanSupplier over = turnFromNow();
            while (!lanes.isEmpty() && !over.getAsBoolean() && calls.isOpen()) {
                Lane lane = lanes.get(0);
                boolean begun = lane.schedule().beginTurn() && guard().run(List.of(lane), () -> calls.begin(lane));
                lanes.remove(0);
                if (!begun) {
                    leave(lane);
                }
            }
        }

        private void leave(Lane lane) {
            lane.schedule().endTurn();
            calls.giveBackPermit();
        }

        @Override
        public void end() {
            lanes.forEach(this::leave);
        }
    }

    /** A replay is begun, and others when it has ended, until others have their turn. */
    private final class ReplayingTurn implements Turns.TurnWork {
        private final ReplayPass pass;
        private boolean calling;

        ReplayingTurn(ReplayPass pass) {
            this.pass = pass;
        }

        @Override
        public void run() {
            BooleanSupplier over = turnFromNow();
            for (Lane beside : lanesOfReplays()) {
                if (over.getAsBoolean() || replaysArePaused()) {
                    signalReplays();
                    return;
                }
                replaysBeside(beside, pass);
                calling = guard().run(List.of(beside), new BesideLane(beside, pass, over)::next);
                if (calling) {
                    return;
                }
            }
        }

        @Override
        public void end() {
            if (!calling) {
                pass.end();
            }
        }
    }

    /** Replays beside a lane. */
    private final class BesideLane implements Replaying {
        private final Lane beside;
        private final ReplayPass pass;
        private final BooleanSupplier over;

        BesideLane(Lane beside, ReplayPass pass, BooleanSupplier over) {
            this.beside = beside;
            this.pass = pass;
            this.over = over;
        }

        @Override
        public Lane beside() {
            return beside;
        }

        @Override
        public boolean next() throws SQLException, LaneLost {
            ReplayBegin begin = ReplayBegin.DONE_WITHOUT;
            while (begin == ReplayBegin.DONE_WITHOUT && mayGoOn()) {
                begin = calls.replay(this);
            }
            if (begin != ReplayBegin.CALLING) {
                replayed(beside, begin == ReplayBegin.DONE_WITHOUT);
            }
            return begin == ReplayBegin.CALLING;
        }

        private boolean mayGoOn() {
            return calls.isOpen() && !over.getAsBoolean() && !beside.schedule().isPaused();
        }

        @Override
        public void end() {
            pass.end();
        }
    }
}
