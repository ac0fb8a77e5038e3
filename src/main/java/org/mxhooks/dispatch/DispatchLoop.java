package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.mxhooks.database.Database;
import org.mxhooks.database.NodeSessions;
import org.mxhooks.resilience.Shutdown;

/**
 * This node's part in dispatch: waits for the database and brings its schema up to date; then follows the sources of
 * consumers, keeps leases, looks for deliveries in the log and sets the consumers' workers to them, until it is closed.
 */
final class DispatchLoop implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DispatchLoop.class.getName());
    private static final Duration DATABASE_RETRY = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration STOP_INTERVAL = Duration.ofMillis(10);
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration INTERRUPT_TIMEOUT = Duration.ofSeconds(2);

    private final Database database;
    private final NodeContext node;
    private final NodeMembership membership;
    private final Roster roster;
    private final Heartbeat heartbeat;
    private final Watchdog watchdog;
    private final LaneOwnership ownership;
    private final Thread thread;
    private final Semaphore wakeUp = new Semaphore(0);
    private final LogGrowth growth;
    private final DatabaseOutage outage = new DatabaseOutage();
    private final Pace pace;
    private final Repetition tend;
    private final Repetition lookForDue;
    private volatile boolean stopped;
    private volatile boolean prepared;
    private volatile long steppedAt = System.nanoTime();
    private Throwable fault;

    /**
     * How often things are looked for; local appends wake the loop immediately.
     *
     * @param pending deliveries that other nodes appended
     * @param due parked events
     * @param lanes to be claimed or handed over, and consumers that were added or removed
     * @param probation how long the node must be alive before it takes over lanes of others
     */
    record Pace(Duration pending, Duration due, Duration lanes, Duration probation) {
        static final Pace USUAL =
                new Pace(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(15));
    }

    DispatchLoop(Database database, NodeContext node, Roster roster, ThreadFactory threads, Pace pace) {
        this.database = database;
        this.node = node;
        this.roster = roster;
        this.pace = pace;
        growth = new LogGrowth(node.inbox(), roster);
        membership = new NodeMembership(database, node);
        tend = new Repetition(pace.lanes());
        lookForDue = new Repetition(pace.due());
        thread = threads.newThread(this::run);
        thread.setName("mxhooks-dispatch");
        heartbeat = new Heartbeat(database, node.id(), threads, pace.lanes(), pace.probation());
        watchdog = new Watchdog(roster, node.turns(), threads);
        ownership = new LaneOwnership(
                node, heartbeat, database.isEmbedded() ? Optional.empty() : Optional.of(new NodeSessions(node.sql())));
    }

    void start() {
        node.inbox().onAppend(lanesOfGroup -> {
            growth.note(lanesOfGroup);
            wakeUp.release();
        });
        watchdog.start();
        thread.start();
    }

    /** Whether the last step succeeded, a short while ago. */
    boolean isRunning() {
        return prepared && !outage.lasts() && !stopped && System.nanoTime() - steppedAt < STEP_TIMEOUT.toNanos();
    }

    /** Waits for running notifications to end, then releases the lanes to other nodes; once. */
    @Override
    public void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        wakeUp.release();
        roster.all().forEach(ConsumerCoordinator::stop);
        try {
            thread.join(STOP_TIMEOUT.toMillis());
            roster.all().forEach(ConsumerCoordinator::stop); // of those that the last step added
            endTurns();
            node.callRecorder().close();
            watchdog.stop();
            heartbeat.stop();
            if (prepared) {
                writePassed();
                membership.leave();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.log(WARNING, "Lanes were not released; their leases expire within 15 s: {0}", e.toString());
        }
    }

    /** Not for each consumer where the database is unavailable: the server would wait for all of them. */
    private void writePassed() {
        try {
            ownership.writePassed(roster.all());
        } catch (Exception e) {
            LOG.log(DEBUG, "Not all cursors were written at the stop; unwanted deliveries are passed over again", e);
        }
    }

    /** Outcomes need turns. */
    private void awaitCalls() throws InterruptedException {
        long until = System.nanoTime() + STOP_TIMEOUT.toNanos();
        while (!roster.all().stream().allMatch(ConsumerCoordinator::isDrained) && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(STOP_INTERVAL.toMillis());
        }
    }

    private void endTurns() throws InterruptedException {
        awaitCalls();
        node.turns().shutdown();
        if (!node.turns().awaitEnd(STOP_TIMEOUT)) {
            LOG.log(WARNING, "Consumers are still running at shutdown; interrupting them");
            node.turns().interrupt();
            node.turns().awaitEnd(INTERRUPT_TIMEOUT);
        }
    }

    /** No fault ends it but the node's end: nobody else would dispatch. */
    private void run() {
        while (!stopped && !Shutdown.isRequested()) {
            try {
                long until = System.nanoTime() + step().toNanos();
                followUntil(until);
            } catch (InterruptedException | RuntimeException | Error e) {
                fault = e; // where memory is short even a log entry may be too much: it is made at the next step
            }
        }
    }

    /** Or until it is necessary to look for what others appended. */
    private void followUntil(long nanoTime) throws InterruptedException {
        boolean following = true;
        long rest = nanoTime - System.nanoTime();
        while (following && !stopped && rest > 0 && wakeUp.tryAcquire(rest, TimeUnit.NANOSECONDS)) {
            wakeUp.drainPermits();
            following = growth.signalNoted();
            rest = nanoTime - System.nanoTime();
        }
    }

    private Duration step() {
        try {
            Throwable before = fault;
            fault = null;
            if (before != null) {
                LOG.log(ERROR, "Unexpected failure in dispatch; dispatch continues", before);
            }
            if (outage.lasts()) {
                database.connect().close(); // the pool would log each failure
            }
            if (!prepared) {
                prepare();
            }
            tend();
            ownership.readLost(roster.running());
            growth.look();
            lookForDue();
            roster.runningInTurn().forEach(ConsumerCoordinator::work);
            node.callRecorder().work();
            outage.end();
            steppedAt = System.nanoTime();
            return pace.pending();
        } catch (Exception | Error e) {
            outage.note(e);
            return DATABASE_RETRY;
        }
    }

    private void prepare() throws Exception {
        membership.join();
        roster.refresh();
        membership.logConsumersElsewhere(roster.names());
        growth.begin();
        heartbeat.start();
        prepared = true;
    }

    private void tend() throws Exception {
        if (tend.isTime()) {
            roster.refresh();
            ownership.tend(roster.running());
            tend.done();
        }
    }

    private void lookForDue() throws SQLException {
        if (lookForDue.isTime()) {
            ownership.lookForDue(roster.running());
            lookForDue.done();
        }
    }
}
