package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one consumer's lanes on this node and sets workers to them. Called by the dispatch loop alone, but for
 * {@link #signalPending}.
 */
final class ConsumerCoordinator {

    private static final System.Logger LOG = System.getLogger(ConsumerCoordinator.class.getName());
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(5);
    private static final Duration INTERRUPT_TIMEOUT = Duration.ofSeconds(2);

    private final EventConsumer consumer;
    private final ConsumerWork work;
    private final WorkerPool workers;
    private final ReplayTurn replayTurn = new ReplayTurn();
    private final Map<Integer, Lane> lanes = new ConcurrentHashMap<>();

    ConsumerCoordinator(NodeContext node, Limits limits, EventConsumer consumer) {
        this.consumer = consumer;
        work = ConsumerWork.of(node, limits, consumer);
        workers = new WorkerPool(node.threads());
    }

    EventConsumer consumer() {
        return consumer;
    }

    /** Registers the consumer and this node as one that has it. */
    void register() throws Exception {
        work.registration().begin();
    }

    /** Renews leases, and claims or hands over lanes for a fair share; to be called several times within a lease. */
    void tendLeases() throws Exception {
        work.ledger().lanes().renew(consumer.name());
        work.registration().renew();
        work.suspension().pause(work.registration().isPaused());
        int share = work.registration().fairShare();
        List<LaneClaim> held = work.ledger().lanes().held(consumer.name());
        if (held.size() < share && !work.suspension().isActive()) {
            // not while paused: a claim without progress would look like the death of a node
            work.ledger().lanes().claim(consumer.name(), share - held.size());
            held = work.ledger().lanes().held(consumer.name());
        }
        keep(held);
        handOver(held.size() - share);
        work.waits().keep(lanes.keySet());
    }

    private void keep(List<LaneClaim> held) throws SQLException {
        lanes.values().removeIf(lane -> held.stream().noneMatch(lane.claim()::isSameClaimAs));
        for (LaneClaim claim : held) {
            Lane known = lanes.get(claim.lane());
            if (known == null || known.schedule().isLost()) {
                boolean eventsParked = work.ledger().parked().anyWaits(consumer.name(), claim.lane());
                lanes.put(
                        claim.lane(),
                        known == null ? new Lane(claim, eventsParked) : known.readAgain(claim, eventsParked));
            }
        }
    }

    private void handOver(int excess) throws SQLException {
        int leaving = 0;
        for (Lane lane : lanes.values()) {
            lane.schedule().leave(leaving < excess);
            leaving++;
        }
        List<Lane> left = lanes.values().stream()
                .filter(lane -> lane.schedule().loseIfLeft())
                .toList();
        for (Lane lane : left) {
            work.ledger().lanes().release(lane.claim());
        }
        lanes.values().removeAll(left);
    }

    /** These lanes of the log have grown. May be called on any thread. */
    void signalPending(Collection<Integer> grown) {
        grown.stream()
                .map(lanes::get)
                .filter(Objects::nonNull)
                .forEach(lane -> lane.schedule().signalPending());
    }

    /** Looks up which parked events and replays are due, and sets a worker to the replays. */
    void lookForDue() throws SQLException {
        List<ParkedTable.Due> due = work.ledger().parked().due(consumer.name());
        lanesWith(due, false).forEach(lane -> lane.schedule().signalDue());
        List<Lane> replays = lanesWith(due, true);
        if (!work.suspension().isActive() && !replays.isEmpty()) {
            replayTurn.tryBegin().ifPresent(turn -> workers.execute(() -> replay(turn, replays), turn::end));
        }
    }

    private List<Lane> lanesWith(List<ParkedTable.Due> due, boolean replay) {
        return due.stream()
                .filter(each -> each.replay() == replay)
                .map(each -> lanes.get(each.lane()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Sets workers to every lane that has something to do; returns at once. */
    void work() {
        for (Lane lane : lanes.values()) {
            if (!work.suspension().isActive() && lane.schedule().queueTurn()) {
                workers.execute(() -> follow(lane), lane.schedule()::endTurn);
            }
        }
    }

    /** Takes lanes from workers that take too long, and has other workers set their events aside. */
    void giveUpLate() {
        List<Watch.Overdue> late = work.watch().giveUpLate();
        for (Watch.Overdue overdue : late) { // all of them first: there may be no thread for the rest
            overdue.lane().notifyAloneUpTo(overdue.position());
            overdue.lane().schedule().lose();
        }
        for (Watch.Overdue overdue : late) {
            workers.execute(
                    () -> guard(overdue.lane(), () -> {
                        overdue.setAside();
                        return false;
                    }),
                    () -> {});
        }
        workers.replace(work.watch().hanging());
    }

    /** Starts no further notification; returns at once. */
    void stop() {
        work.suspension().stop();
    }

    /** Whether no notification runs any more, but for those that were given up. */
    boolean isDrained() {
        return workers.active() <= work.watch().hanging();
    }

    /** Keeps the lanes while notifications end. */
    void renewLeases() throws Exception {
        work.ledger().lanes().renew(consumer.name());
        work.registration().renew();
    }

    /** Releases the lanes to the other nodes that have the consumer. */
    void leave() throws SQLException {
        workers.shutdown();
        lanes.clear();
        work.ledger().lanes().releaseAll(consumer.name());
        work.registration().end();
    }

    /** Waits until running notifications end; interrupts those that have not by the deadline. */
    void awaitEnd(long deadline) throws InterruptedException {
        workers.shutdown();
        if (!workers.awaitEnd(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            LOG.log(WARNING, "Consumer {0} is still running at shutdown; interrupting it", consumer.name());
            workers.interrupt();
            workers.awaitEnd(INTERRUPT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void follow(Lane lane) {
        boolean more = lane.schedule().beginTurn();
        while (more && !work.suspension().isActive()) {
            more = guard(lane, () -> workOn(lane));
        }
    }

    /** At most one retry for each round of pending events, so that neither delays the other. */
    private boolean workOn(Lane lane) throws SQLException, LaneLost {
        LaneSchedule schedule = lane.schedule();
        if (schedule.takeDue() && work.retries().retryNext(lane)) {
            schedule.signalDue();
        }
        if (schedule.takePending() && work.pending().work(lane)) {
            schedule.signalPending();
        }
        return schedule.isReady();
    }

    /** Replays what is due, beside the lanes, whose own work continues. */
    private void replay(ReplayTurn.Turn turn, List<Lane> due) {
        for (Lane lane : due) {
            Lane beside = new Lane(lane.claim(), false);
            turn.workOn(beside);
            boolean more = true;
            while (more && !work.suspension().isActive()) {
                more = guard(
                        beside,
                        () -> work.retries().replayNext(beside)
                                && !beside.schedule().isLost());
            }
        }
    }

    /** Work on a lane; returns whether there may be more. */
    private interface LaneWork {
        boolean run() throws SQLException, LaneLost;
    }

    private boolean guard(Lane lane, LaneWork laneWork) {
        try {
            return laneWork.run();
        } catch (LaneLost e) {
            LOG.log(DEBUG, e.getMessage());
            lane.schedule().lose();
        } catch (SQLException e) {
            LOG.log(
                    WARNING,
                    "Consumer {0} cannot use the database; retry in {1}: {2}",
                    consumer.name(),
                    PAUSE_AFTER_FAULT,
                    e.toString());
            lane.schedule().pause(PAUSE_AFTER_FAULT);
        } catch (RuntimeException | Error e) {
            LOG.log(
                    ERROR,
                    "Unexpected failure in lane %s of consumer %s; retry in %s"
                            .formatted(lane.claim().lane(), consumer.name(), PAUSE_AFTER_FAULT),
                    e);
            lane.schedule().pause(PAUSE_AFTER_FAULT);
        }
        return false;
    }
}
