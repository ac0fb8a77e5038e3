package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Comparator.comparingInt;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.mxhooks.resilience.Turns;

/** What is done in a consumer's turns: its lanes one after another, and what is replayed beside them. */
final class ConsumerTurns implements Turns.WorkSource {

    private static final System.Logger LOG = System.getLogger(ConsumerTurns.class.getName());
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(5);

    /** Then others have their turn. */
    private static final Duration TURN = Duration.ofMillis(200);

    private static final int MAX_TOGETHER = 16;
    private static final int NO_LANE = -1;

    private final String consumer;
    private final ConsumerWork work;
    private final HeldLanes lanes;
    private final ReplaySchedule replays = new ReplaySchedule();
    private int lastLane = NO_LANE;

    /** Lanes and replays alternate: where permits are short a consumer has one turn at a time. */
    private boolean replayedLast;

    private volatile int lastReplayed = NO_LANE;

    ConsumerTurns(String consumer, ConsumerWork work, HeldLanes lanes) {
        this.consumer = consumer;
        this.work = work;
        this.lanes = lanes;
    }

    /** Replays may be due. */
    void signalReplays() {
        replays.signal();
    }

    /** Whether there is something to do, and it may be done. */
    boolean isReady() {
        return !work.suspension().isActive() && (replays.isReady() || anyLaneIsReady());
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
        Optional<Turns.TurnWork> next =
                replayedLast ? nextLane().or(this::nextReplay) : nextReplay().or(this::nextLane);
        replayedLast = next.filter(ReplayTurn.class::isInstance).isPresent();
        return next;
    }

    private Optional<Turns.TurnWork> nextReplay() {
        return replays.begin().map(ReplayTurn::new);
    }

    private Optional<Turns.TurnWork> nextLane() {
        Optional<Lane> next = lanes.after(lastLane)
                .filter(lane -> lane.schedule().queueTurn())
                .findFirst();
        next.ifPresent(lane -> lastLane = lane.claim().lane());
        return next.map(this::withOthers);
    }

    /** Those that can be worked on in the same transactions join the turn. */
    private Turns.TurnWork withOthers(Lane first) {
        if (!work.pending().shares(first)) {
            return new LaneTurn(first);
        }
        List<Lane> together = new ArrayList<>(List.of(first));
        lanes.after(lastLane)
                .filter(work.pending()::shares)
                .filter(lane -> lane.schedule().queueTurn())
                .limit(MAX_TOGETHER - 1L)
                .forEach(together::add);
        lastLane = together.get(together.size() - 1).claim().lane();
        return together.size() == 1 ? new LaneTurn(first) : new SharedTurn(inOrder(together));
    }

    /** In which their rows are locked, so that two nodes that both believe to have them do not deadlock. */
    private static List<Lane> inOrder(List<Lane> together) {
        return together.stream()
                .sorted(comparingInt(lane -> lane.claim().lane()))
                .toList();
    }

    private BooleanSupplier turnFromNow() {
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
                more = guard(List.of(lane), () -> workOn(over));
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
                List<Lane> ready = begun.stream()
                        .filter(lane ->
                                lane.schedule().isReady() && work.pending().shares(lane))
                        .filter(lane -> lane.schedule().takePending())
                        .toList();
                more = !ready.isEmpty() && guard(ready, () -> work.pending().workTogether(ready, begun));
            }
        }

        @Override
        public void end() {
            together.forEach(lane -> lane.schedule().endTurn());
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
            for (Lane lane : due()) {
                if (over.getAsBoolean() || replays.isPaused()) {
                    replays.signal();
                    return;
                }
                lastReplayed = lane.claim().lane();
                replay(new Lane(lane.claim(), false), over);
            }
        }

        private List<Lane> due() {
            try {
                Set<Integer> due = work.ledger().parked().replaysIn(consumer, lanes.numbers());
                return lanes.after(lastReplayed)
                        .filter(lane -> due.contains(lane.claim().lane()))
                        .toList();
            } catch (SQLException e) {
                logUnavailable(e);
                return List.of();
            }
        }

        private void replay(Lane beside, BooleanSupplier over) {
            pass.workOn(beside);
            boolean more = true;
            while (more && !over.getAsBoolean() && !beside.schedule().isPaused()) {
                more = guard(
                        List.of(beside),
                        () -> work.retries().replayNext(beside)
                                && !beside.schedule().isLost());
            }
            if (beside.schedule().isPaused()) {
                replays.pauseUntil(beside.schedule().pausedUntil());
            }
            if (more) {
                replays.signal();
            }
        }

        @Override
        public void end() {
            pass.end();
        }
    }

    /** Work on lanes; returns whether there may be more. */
    interface LaneWork {
        boolean run() throws SQLException, LaneLost;
    }

    /** Whatever fails ends the work at hand, and nothing else. */
    boolean guard(List<Lane> at, LaneWork laneWork) {
        try {
            return laneWork.run();
        } catch (LaneLost e) {
            LOG.log(DEBUG, e.getMessage());
            at.forEach(lane -> lane.schedule().lose());
        } catch (SQLException e) {
            logUnavailable(e);
            at.forEach(lane -> lane.schedule().pause(PAUSE_AFTER_FAULT));
        } catch (RuntimeException | Error e) {
            LOG.log(
                    ERROR,
                    "Unexpected failure in lanes %s of consumer %s; retry in %s"
                            .formatted(
                                    at.stream().map(lane -> lane.claim().lane()).toList(), consumer, PAUSE_AFTER_FAULT),
                    e);
            at.forEach(lane -> lane.schedule().pause(PAUSE_AFTER_FAULT));
        }
        return false;
    }

    private void logUnavailable(SQLException cause) {
        LOG.log(
                WARNING,
                "Consumer {0} cannot use the database; retry in {1}: {2}",
                consumer,
                PAUSE_AFTER_FAULT,
                cause.toString());
    }
}
