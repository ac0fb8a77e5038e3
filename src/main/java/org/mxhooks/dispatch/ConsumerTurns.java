package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.mxhooks.inbox.Place;
import org.mxhooks.resilience.Turns;

/** What is done in a consumer's turns: its lanes one after another, and what is replayed beside them. */
class ConsumerTurns implements Turns.WorkSource {

    /** Then others have their turn. */
    private static final Duration TURN = Duration.ofMillis(200);

    /** Of a consumer that is behind, which leaves lanes to a second turn beside it. */
    private static final int MAX_TOGETHER = Place.LANES / 2;

    /** Longer than a turn takes whose calls are quick. */
    private static final Duration GATHER_TIMEOUT = Duration.ofMillis(300);

    private final ConsumerWork work;
    private final HeldLanes lanes;
    private final TurnGuard guard;
    private final DueReplays replays;
    private int lastLane = HeldLanes.NO_LANE;

    /** Lanes and replays alternate: where permits are short a consumer has one turn at a time. */
    private boolean replayedLast;

    private Turns.TurnWork lastReplay;

    private volatile Optional<SharedTurn> lastShared = Optional.empty();

    ConsumerTurns(String consumer, ConsumerWork work, HeldLanes lanes) {
        this.work = work;
        this.lanes = lanes;
        guard = new TurnGuard(consumer);
        replays = new DueReplays(consumer, work.ledger().parkedLanes(), lanes, guard);
    }

    /** Replays may be due. */
    void signalReplays() {
        replays.signal();
    }

    /** Whether there is something to do, and it may be done. */
    boolean isReady() {
        return !work.suspension().isActive() && (replays.isReady() || anyLaneIsReady());
    }

    final TurnGuard guard() {
        return guard;
    }

    final DueReplays dueReplays() {
        return replays;
    }

    private boolean anyLaneIsReady() {
        for (Lane lane : lanes.all()) {
            if (lane.schedule().isReady()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<Turns.TurnWork> next() {
        if (work.suspension().isActive()) {
            return Optional.empty();
        }
        Optional<Turns.TurnWork> next = replayedLast ? nextLane() : nextReplay();
        if (next.isEmpty()) {
            next = replayedLast ? nextReplay() : nextLane();
        }
        replayedLast = next.isPresent() && next.get() == lastReplay;
        return next;
    }

    private Optional<Turns.TurnWork> nextReplay() {
        Optional<Turns.TurnWork> next = replays.begin(this::replayTurn);
        lastReplay = next.orElse(null);
        return next;
    }

    /** A turn at what is replayed. */
    Turns.TurnWork replayTurn(ReplaySchedule.ReplayPass pass) {
        return new ReplayTurn(pass);
    }

    /** Where that fails no lane stays queued: nobody would work on it any more. */
    private Optional<Turns.TurnWork> nextLane() {
        List<Lane> queued = new ArrayList<>(Place.LANES);
        try {
            queue(lanes.after(lastLane), queued);
            if (queued.isEmpty()) {
                return Optional.empty();
            }
            lastLane = queued.get(queued.size() - 1).claim().lane();
            return Optional.of(laneTurn(queued));
        } catch (RuntimeException | Error e) {
            queued.forEach(this::leave);
            throw e;
        }
    }

    /** Queues some that are ready; of those that are queued none is missing in the list, also where this fails. */
    void queue(Stream<Lane> inTurn, List<Lane> queued) {
        Optional<Lane> first =
                inTurn.filter(lane -> !gathers(lane) && queue(lane, queued)).findFirst();
        if (first.filter(work.pending()::shares).isPresent()) {
            queueOthers(first.get(), queued);
        }
    }

    /** Those that can be worked on in the same transactions join the turn. */
    private void queueOthers(Lane first, List<Lane> queued) {
        int most = work.pending().isBehind() ? MAX_TOGETHER : Place.LANES;
        lanes.after(first.claim().lane())
                .takeWhile(lane -> queued.size() < most)
                .filter(work.pending()::shares)
                .forEach(lane -> queue(lane, queued));
    }

    private static boolean queue(Lane lane, List<Lane> queued) {
        return lane.schedule().queueTurn() && queued.add(lane);
    }

    /** A lane that was queued has no turn. */
    void leave(Lane lane) {
        lane.schedule().endTurn();
    }

    /**
     * Whether a lane waits for the end of a shared turn, to join the next: as long as what arrives meanwhile goes into
     * one transaction, two at the same time would be smaller ones, with a commit each.
     */
    private boolean gathers(Lane lane) {
        return lastShared.filter(SharedTurn::isAtWork).isPresent()
                && !work.pending().isBehind()
                && work.pending().shares(lane);
    }

    /** A turn at lanes that were queued. */
    Turns.TurnWork laneTurn(List<Lane> queued) {
        return queued.size() == 1 ? new LaneTurn(queued.get(0)) : sharedTurn(queued);
    }

    private SharedTurn sharedTurn(List<Lane> together) {
        SharedTurn turn = new SharedTurn(together);
        lastShared = Optional.of(turn);
        return turn;
    }

    final BooleanSupplier turnFromNow() {
        long beganAt = System.nanoTime();
        return () -> work.suspension().isActive() || System.nanoTime() - beganAt > TURN.toNanos();
    }

    /** A turn at a lane. */
    private final class LaneTurn implements Turns.TurnWork {
        private final Lane lane;

        LaneTurn(Lane lane) {
            this.lane = lane;
        }

        @Override
        public void run() {
            BooleanSupplier over = turnFromNow();
            boolean more = lane.schedule().beginTurn();
            while (more && !over.getAsBoolean()) {
                more = guard.run(List.of(lane), () -> workOn(over));
            }
        }

        /** At most one retry for each round of pending events, so that neither delays the other. */
        private boolean workOn(BooleanSupplier over) throws SQLException, LaneLost {
            LaneSchedule schedule = lane.schedule();
            if (schedule.takeDue() && work.retries().retryNext(lane)) {
                schedule.signalDue();
            }
            if (schedule.takePending() && work.pending().work(lane, over)) {
                schedule.signalPending();
            }
            return schedule.isReady();
        }

        @Override
        public void end() {
            lane.schedule().endTurn();
        }
    }

    /** A turn at several lanes, in transactions that they share. */
    private final class SharedTurn implements Turns.TurnWork {
        private final List<Lane> together;

        private final long queuedAt = System.nanoTime();
        private volatile boolean ended;

        SharedTurn(List<Lane> together) {
            this.together = together;
        }

        @Override
        public void run() {
            BooleanSupplier over = turnFromNow();
            List<Lane> begun = together.stream()
                    .filter(lane -> lane.schedule().beginTurn())
                    .toList();
            boolean more = true;
            while (more && !over.getAsBoolean()) {
                boolean gathering = !work.pending().isBehind(); // then lanes that asked meanwhile wait for its end
                List<Lane> ready = begun.stream()
                        .filter(lane ->
                                lane.schedule().isReady() && work.pending().shares(lane))
                        .filter(lane -> lane.schedule().takePending())
                        .toList();
                more = !ready.isEmpty()
                        && guard.run(ready, () -> work.pending().workTogether(ready, begun))
                        && !(gathering && othersWait());
            }
        }

        /** The next turn has all that is ready. */
        private boolean othersWait() {
            return lanes.all().stream()
                    .anyMatch(lane ->
                            lane.schedule().isWaiting() && work.pending().shares(lane));
        }

        /** Not where it hangs: others do not wait for it. */
        boolean isAtWork() {
            return !ended && System.nanoTime() - queuedAt < GATHER_TIMEOUT.toNanos();
        }

        @Override
        public void end() {
            together.forEach(lane -> lane.schedule().endTurn());
            ended = true;
        }
    }

    /** A turn at what is replayed, lane by lane; the next turn begins with the next lane. */
    private final class ReplayTurn implements Turns.TurnWork {
        private final ReplaySchedule.ReplayPass pass;

        ReplayTurn(ReplaySchedule.ReplayPass pass) {
            this.pass = pass;
        }

        @Override
        public void run() {
            BooleanSupplier over = turnFromNow();
            for (Lane beside : replays.lanes()) {
                if (over.getAsBoolean() || replays.isPaused()) {
                    replays.signal();
                    return;
                }
                replay(beside, over);
            }
        }

        private void replay(Lane beside, BooleanSupplier over) {
            pass.workOn(beside);
            replays.began(beside);
            boolean more = true;
            while (more && !over.getAsBoolean() && !beside.schedule().isPaused()) {
                more = guard.run(
                        List.of(beside),
                        () -> work.retries().replayNext(beside)
                                && !beside.schedule().isLost());
            }
            replays.ended(beside, more);
        }

        @Override
        public void end() {
            pass.end();
        }
    }
}
