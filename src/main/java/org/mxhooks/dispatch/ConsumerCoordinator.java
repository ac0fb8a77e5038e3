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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.mxhooks.event.Consumer.From;

/**
 * Leads one consumer along its lanes, with a bounded number of workers of its own. Workers that hang are replaced, as
 * many again; if those hang too the consumer stands still.
 */
final class ConsumerCoordinator {

    private static final System.Logger LOG = System.getLogger(ConsumerCoordinator.class.getName());
    private static final int WORKERS = 4;
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(5);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

    private final UUID node;
    private final Attempts attempts;
    private final String consumer;
    private final PendingWorker newsWorker;
    private final RetryWorker retryWorker;
    private final ThreadPoolExecutor workers;
    private final Map<Integer, Lane> lanes = new ConcurrentHashMap<>();
    private final AtomicReference<Replaying> replaying = new AtomicReference<>();
    private volatile boolean stopped;
    private volatile boolean paused;

    /** One worker's turn at replays, of which there is one at a time; a turn that hangs counts no more. */
    private static final class Replaying {
        private volatile Lane now;

        private boolean hangs() {
            return now != null && now.isLost();
        }
    }

    ConsumerCoordinator(UUID node, Attempts attempts, ThreadFactory threads) {
        this.node = node;
        this.attempts = attempts;
        consumer = attempts.consumer().name();
        newsWorker = new PendingWorker(attempts, this);
        retryWorker = new RetryWorker(attempts, this);
        workers = new ThreadPoolExecutor(
                WORKERS,
                2 * WORKERS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                threads,
                new ThreadPoolExecutor.DiscardPolicy());
        workers.allowCoreThreadTimeOut(true);
    }

    String consumer() {
        return consumer;
    }

    /** Makes the consumer known to the database. */
    void register() throws Exception {
        From from = attempts.consumer().from();
        attempts.transaction().run(() -> attempts.consumers().register(consumer, from, node));
    }

    /** Renews leases, and claims or hands over lanes for a fair share; to be called several times within a lease. */
    void tendLeases() throws Exception {
        attempts.lanes().renew(consumer);
        if (!attempts.consumers().renew(consumer, node)) {
            register();
        }
        paused = attempts.consumers().isPaused(consumer);
        int share = attempts.consumers().fairShare(consumer);
        List<LaneClaim> held = attempts.lanes().held(consumer);
        if (held.size() < share && !paused) { // a claim without progress would look like the death of a node
            attempts.lanes().claim(consumer, share - held.size());
            held = attempts.lanes().held(consumer);
        }
        keep(held);
        handOver(held.size() - share);
        attempts.waitLog().keep(lanes.keySet());
    }

    private void keep(List<LaneClaim> held) throws SQLException {
        lanes.values().removeIf(lane -> held.stream().noneMatch(lane.claim()::isSameClaimAs));
        for (LaneClaim claim : held) {
            Lane known = lanes.get(claim.lane());
            if (known == null || known.isLost()) {
                boolean eventsWait = attempts.parked().anyWaits(consumer, claim.lane());
                lanes.put(
                        claim.lane(), known == null ? new Lane(claim, eventsWait) : known.readAgain(claim, eventsWait));
            }
        }
    }

    private void handOver(int excess) throws SQLException {
        int leaving = 0;
        for (Lane lane : lanes.values()) {
            lane.leave(leaving < excess);
            leaving++;
        }
        List<Lane> left = lanes.values().stream().filter(Lane::loseIfLeft).toList();
        for (Lane lane : left) {
            attempts.lanes().release(lane.claim());
        }
        lanes.values().removeAll(left);
    }

    /** Tells that these lanes of the log have grown. */
    void tellNews(Collection<Integer> grown) {
        grown.stream().map(lanes::get).filter(Objects::nonNull).forEach(Lane::tellNews);
    }

    /** Looks whether parked events or replays are due. */
    void tellDue() throws SQLException {
        List<ParkedTable.Due> due = attempts.parked().due(consumer);
        lanesWith(due, false).forEach(Lane::tellDue);
        List<Lane> replays = lanesWith(due, true);
        Replaying before = replaying.get();
        Replaying next = new Replaying();
        if (!rests()
                && !replays.isEmpty()
                && (before == null || before.hangs())
                && replaying.compareAndSet(before, next)) {
            startReplay(next, replays);
        }
    }

    private void startReplay(Replaying shift, List<Lane> due) {
        try {
            workers.execute(() -> replay(shift, due));
        } catch (RuntimeException | Error noThread) {
            replaying.compareAndSet(shift, null); // else no other would ever begin
            throw noThread;
        }
    }

    private List<Lane> lanesWith(List<ParkedTable.Due> due, boolean replay) {
        return due.stream()
                .filter(each -> each.replay() == replay)
                .map(each -> lanes.get(each.lane()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Sets workers to every lane that has news; returns at once. */
    void work() {
        for (Lane lane : lanes.values()) {
            if (!rests() && lane.take()) {
                setToWork(lane);
            }
        }
    }

    private void setToWork(Lane lane) {
        try {
            workers.execute(() -> follow(lane));
        } catch (RuntimeException | Error noThread) {
            lane.rest(); // else nobody would take it again
            throw noThread;
        }
    }

    /** Gives up what takes too long. */
    void lookOut() {
        attempts.watch().lookOut();
        workers.setCorePoolSize(WORKERS + Math.min(WORKERS, attempts.watch().hanging()));
    }

    /** Takes a lane from a worker that hangs, and has another one set its event aside. */
    void giveUp(Lane lane, Attempts.AttemptUpdate setAside) {
        lane.lose();
        workers.execute(() -> guard(lane, () -> {
            setAside.run();
            return false;
        }));
    }

    /** Whether no other notification is to be started: an operator paused the consumer, or the node ends. */
    boolean rests() {
        return stopped || paused;
    }

    /** Starts no other notification; returns at once. */
    void stop() {
        stopped = true;
        workers.shutdown();
    }

    /** Lets notifications that run come to their end; interrupts them if they have not by then. */
    void awaitEnd(long deadline) throws InterruptedException {
        if (!workers.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            LOG.log(WARNING, "Consumer {0} is still running at shutdown; interrupting it", consumer);
            workers.shutdownNow();
            workers.awaitTermination(AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void follow(Lane lane) {
        try {
            boolean more = lane.begin();
            while (more && !rests()) {
                more = guard(lane, () -> workOn(lane));
            }
        } finally {
            lane.rest();
        }
    }

    /** At most one retry for each round of news, so that neither keeps the other waiting. */
    private boolean workOn(Lane lane) throws SQLException, LaneLost {
        if (lane.takeDue() && retryWorker.work(lane)) {
            lane.tellDue();
        }
        if (lane.takeNews() && newsWorker.work(lane)) {
            lane.tellNews();
        }
        return lane.goesOn();
    }

    /** Replays what is due, beside the lanes, whose own work goes on. */
    private void replay(Replaying shift, List<Lane> due) {
        try {
            for (Lane lane : due) {
                Lane beside = new Lane(lane.claim(), false);
                shift.now = beside;
                boolean more = true;
                while (more && !rests()) {
                    more = guard(beside, () -> replayNext(beside));
                }
            }
        } finally {
            replaying.compareAndSet(shift, null);
        }
    }

    private boolean replayNext(Lane beside) throws SQLException, LaneLost {
        LaneClaim claim = beside.claim();
        Optional<ParkedEvent> next = attempts.parked().nextReplay(claim.consumer(), claim.lane());
        if (next.isPresent()) {
            retryWorker.attempt(beside, next.get());
        }
        return next.isPresent() && !beside.isLost();
    }

    /** Work on a lane; tells whether there may be more. */
    private interface LaneWork {
        boolean run() throws SQLException, LaneLost;
    }

    private boolean guard(Lane lane, LaneWork work) {
        try {
            return work.run();
        } catch (LaneLost e) {
            LOG.log(DEBUG, e.getMessage());
            lane.lose();
        } catch (SQLException e) {
            LOG.log(WARNING, "Consumer {0} waits for the database: {1}", consumer, e.toString());
            lane.pause(PAUSE_AFTER_FAULT);
        } catch (RuntimeException | Error e) {
            LOG.log(ERROR, "Unexpected failure in a lane of consumer %s; retrying".formatted(consumer), e);
            lane.pause(PAUSE_AFTER_FAULT);
        }
        return false;
    }
}
