package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.mxhooks.dispatch.ReplaySchedule.ReplayPass;
import org.mxhooks.resilience.Turns;

/** What is done in the turns of an asynchronous consumer: calls are begun, and outcomes dealt with. */
final class CallTurns extends ConsumerTurns {

    private static final int MAX_TOGETHER = 32;

    /** One turn is left to begin calls. */
    private static final int MAX_SETTLING = 3;

    private final RunningCalls running;
    private final LaneCalls pending;
    private final RetryCalls retries;
    private final ReplayCalls replays;
    private final AtomicBoolean replaysLeft = new AtomicBoolean();
    private final Optional<Turns.TurnWork> settlingTurn = Optional.of(new SettlingTurn());
    private int settling;

    CallTurns(AsyncConsumer consumer, NodeContext node, ConsumerWork work, HeldLanes lanes, Runnable wake) {
        super(consumer.name(), work, lanes);
        running = new RunningCalls(consumer, node, guard(), wake);
        pending = new LaneCalls(consumer, node.inbox(), work, guard(), running);
        retries = new RetryCalls(consumer, work, running, pending);
        replays = new ReplayCalls(consumer, work, guard(), running);
    }

    RunningCalls calls() {
        return running;
    }

    @Override
    boolean isReady() {
        return running.toSettle() > 0 || super.isReady();
    }

    /** Outcomes first, also where no further call is to begin: their lanes wait for that. */
    @Override
    public Optional<Turns.TurnWork> next() {
        if (beginSettling()) {
            return settlingTurn;
        }
        return running.mayBegin() ? super.next() : Optional.empty();
    }

    private synchronized boolean beginSettling() {
        boolean begins = settling < Math.min(MAX_SETTLING, running.toSettle());
        settling += begins ? 1 : 0;
        return begins;
    }

    private synchronized void endSettling() {
        settling--;
    }

    @Override
    void queue(Stream<Lane> inTurn, List<Lane> queued) {
        for (Lane lane : (Iterable<Lane>) inTurn::iterator) {
            if (queued.size() == MAX_TOGETHER || lane.schedule().isReady() && !queue(lane, queued)) {
                return;
            }
        }
    }

    /** Returns false if there is no permit for it. */
    private boolean queue(Lane lane, List<Lane> queued) {
        if (!running.takePermit()) {
            return false;
        }
        if (lane.schedule().queueTurn()) {
            queued.add(lane);
        } else {
            running.giveBackPermit();
        }
        return true;
    }

    @Override
    void leave(Lane lane) {
        super.leave(lane);
        running.giveBackPermit();
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
            while (running.settleNext() && !over.getAsBoolean()) {
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
            while (!lanes.isEmpty() && !over.getAsBoolean() && running.mayBegin()) {
                Lane lane = lanes.get(0);
                boolean begun = lane.schedule().beginTurn() && guard().run(List.of(lane), () -> begin(lane));
                lanes.remove(0);
                if (!begun) {
                    leave(lane);
                }
            }
        }

        private boolean begin(Lane lane) throws SQLException, LaneLost {
            return retries.begin(lane) || pending.begin(lane);
        }

        @Override
        public void end() {
            lanes.forEach(CallTurns.this::leave);
        }
    }

    /** Replays are begun beside lanes; when they have ended there, the next turn begins others. */
    private final class ReplayingTurn implements Turns.TurnWork {
        private final ReplayPass pass;

        ReplayingTurn(ReplayPass pass) {
            this.pass = pass;
        }

        @Override
        public void run() {
            BooleanSupplier over = turnFromNow();
            replaysLeft.set(true); // before a permit is asked for: who gives one back signals then
            for (Lane beside : dueReplays().lanes()) {
                if (over.getAsBoolean() || dueReplays().isPaused()) {
                    dueReplays().signal();
                    return;
                }
                pass.workOn(beside);
                if (!replays.begin(beside, untilPaused(turnFromNow()), this::ended)) {
                    return;
                }
                dueReplays().began(beside);
            }
            replaysLeft.set(false);
        }

        private BooleanSupplier untilPaused(BooleanSupplier over) {
            return () -> over.getAsBoolean() || dueReplays().isPaused();
        }

        private void ended(Lane beside, boolean more) {
            boolean lost = beside.schedule().isLost(); // tried again when replays are looked for
            dueReplays().ended(beside, !lost && replaysLeft.getAndSet(false) || more);
            running.wake();
        }

        @Override
        public void end() {
            pass.end();
        }
    }
}
