package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.concurrent.ManageableThread;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.mxhooks.database.Database;
import org.mxhooks.database.UnsuitableDatabase;
import org.mxhooks.inbox.Inbox;

/**
 * This node's part in dispatch: waits for the database and brings its schema up to date; then follows the sources of
 * consumers, keeps leases, looks for deliveries in the log and sets the consumers' workers to them, until it is closed.
 */
final class DispatchLoop implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DispatchLoop.class.getName());
    private static final Duration DATABASE_RETRY = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(15);

    private final Database database;
    private final Inbox inbox;
    private final NodeContext node;
    private final ConsumerTable consumers;
    private final LaneTable lanes;
    private final Roster roster;
    private final Thread thread;
    private final Semaphore wakeUp = new Semaphore(0);
    private final Pace pace;
    private final Every tend;
    private final Every lookForDue;
    private volatile boolean stopped;
    private volatile boolean prepared;
    private volatile boolean databaseLost;
    private volatile long steppedAt = System.nanoTime();
    private boolean unsuitable;
    private Throwable fault;
    private long lookedUpTo;

    /**
     * How often things are looked for; local appends wake the loop immediately.
     *
     * @param pending deliveries that other nodes appended
     * @param due parked events
     * @param leases to be renewed and claimed, and consumers that were added or removed
     */
    record Pace(Duration pending, Duration due, Duration leases) {
        static final Pace USUAL = new Pace(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(4));
    }

    DispatchLoop(Database database, NodeContext node, Roster roster, Pace pace) {
        this.database = database;
        this.node = node;
        this.roster = roster;
        this.pace = pace;
        inbox = node.inbox();
        consumers = new ConsumerTable(node.sql());
        lanes = new LaneTable(node.sql(), node.id());
        tend = new Every(pace.leases());
        lookForDue = new Every(pace.due());
        thread = node.threads().newThread(this::run);
        thread.setName("mxhooks-dispatch");
    }

    void start() {
        inbox.onAppend(grown -> {
            signalPending(grown);
            wakeUp.release();
        });
        thread.start();
    }

    private void signalPending(Collection<Integer> grown) {
        roster.running().forEach(coordinator -> coordinator.signalPending(grown));
    }

    /** Whether the last step succeeded, a short while ago. */
    boolean isRunning() {
        return prepared && !databaseLost && !stopped && System.nanoTime() - steppedAt < STEP_TIMEOUT.toNanos();
    }

    /** Waits for running notifications to end, then releases the lanes to other nodes; once. */
    @Override
    public void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        wakeUp.release();
        roster.running().forEach(ConsumerCoordinator::stop);
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        try {
            thread.join(STOP_TIMEOUT.toMillis());
            for (ConsumerCoordinator coordinator : roster.all()) {
                coordinator.stop();
                coordinator.awaitEnd(deadline);
            }
            if (prepared) {
                lanes.releaseAll();
                consumers.leave(node.id());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.log(WARNING, "Lanes were not released; their leases expire within 15 s: {0}", e.toString());
        }
    }

    /** No fault ends it but the node's end: nobody else would dispatch. */
    private void run() {
        while (!stopped && !isShutDown()) {
            try {
                long until = System.nanoTime() + step().toNanos();
                while (!stopped && wakeUp.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    wakeUp.drainPermits();
                    roster.running().forEach(ConsumerCoordinator::work);
                }
            } catch (InterruptedException | RuntimeException | Error e) {
                fault = e; // where memory is short even a log entry may be too much: it is made at the next step
            }
        }
    }

    /** Whether the server, whose thread this is, wants it to end. */
    private static boolean isShutDown() {
        return Thread.currentThread() instanceof ManageableThread managed && managed.isShutdown();
    }

    private Duration step() {
        try {
            Throwable before = fault;
            fault = null;
            if (before != null) {
                LOG.log(ERROR, "Unexpected failure in dispatch; dispatch continues", before);
            }
            if (databaseLost) {
                database.connect().close(); // the pool would log each failure
            }
            if (!prepared) {
                prepare();
            }
            roster.all().forEach(ConsumerCoordinator::giveUpLate);
            tend();
            lookForPending();
            lookForDue();
            roster.running().forEach(ConsumerCoordinator::work);
            databaseFound();
            steppedAt = System.nanoTime();
            return pace.pending();
        } catch (Exception | Error e) {
            databaseLost(e);
            return DATABASE_RETRY;
        }
    }

    private void prepare() throws Exception {
        database.migrate();
        database.open();
        roster.refresh();
        if (database.isEmbedded()) {
            lanes.releaseDead();
            consumers.leaveAllBut(node.id());
        }
        logConsumersElsewhere();
        lookedUpTo = inbox.head();
        prepared = true;
    }

    private void logConsumersElsewhere() throws SQLException {
        List<String> others = consumers.others(roster.names());
        if (!others.isEmpty()) {
            LOG.log(
                    INFO,
                    "Registered consumers that are not deployed on this node: {0}. A consumer that no node has makes no progress"
                            + " and keeps its unfinished work until it is deployed again or retired",
                    others);
        }
    }

    private void tend() throws Exception {
        if (tend.isTime()) {
            roster.refresh();
            roster.tendLeases();
            tend.done();
        }
    }

    private void lookForDue() throws SQLException {
        if (lookForDue.isTime()) {
            for (ConsumerCoordinator coordinator : roster.running()) {
                coordinator.lookForDue();
            }
            lookForDue.done();
        }
    }

    private void lookForPending() throws SQLException {
        long head = inbox.head();
        if (head > lookedUpTo) {
            signalPending(inbox.lanesGrown(lookedUpTo, head));
            lookedUpTo = head;
        }
    }

    private void databaseLost(Throwable cause) {
        boolean refused = cause instanceof UnsuitableDatabase;
        if (!databaseLost || refused && !unsuitable) {
            LOG.log(
                    WARNING,
                    "Database unavailable; dispatch suspended until it recovers: {0}",
                    refused ? cause.getMessage() : cause.toString());
        }
        databaseLost = true;
        unsuitable = refused;
    }

    private void databaseFound() {
        if (databaseLost) {
            LOG.log(INFO, "Database reachable; dispatch resumed");
            databaseLost = false;
        }
    }

    /** Something to be done again after a while; at once where it failed. */
    private static final class Every {
        private final Duration interval;
        private long next = System.nanoTime();

        Every(Duration interval) {
            this.interval = interval;
        }

        boolean isTime() {
            return System.nanoTime() - next >= 0;
        }

        void done() {
            next = System.nanoTime() + interval.toNanos();
        }
    }
}
