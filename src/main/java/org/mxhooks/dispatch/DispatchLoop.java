package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.concurrent.ManageableThread;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.database.UnsuitableDatabase;
import org.mxhooks.inbox.Inbox;

/**
 * This node's part in dispatch: waits for the database and brings its schema up to date, then keeps leases, looks for
 * news in the log and sets the followers to work, until it is closed.
 */
final class DispatchLoop implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DispatchLoop.class.getName());
    private static final Duration WAIT_FOR_DATABASE = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
    private static final Duration MAX_STEP = Duration.ofSeconds(15);

    private final Database database;
    private final Inbox inbox;
    private final UUID node;
    private final ConsumerTable consumers;
    private final LaneTable lanes;
    private final List<ConsumerCoordinator> followers;
    private final Thread thread;
    private final Semaphore wakeUp = new Semaphore(0);
    private volatile boolean stopped;
    private volatile boolean ready;
    private volatile boolean away;
    private boolean unsuitable;
    private Throwable fault;
    private volatile long steppedAt = System.nanoTime();
    private long lookedUpTo;
    private final Pace pace;
    private final Every tend;
    private final Every lookForDue;

    /**
     * How often what is looked for; what arrives at this node is told at once.
     *
     * @param news in the log, from other nodes
     * @param due events that are parked
     * @param leases to be renewed and claimed
     */
    record Pace(Duration news, Duration due, Duration leases) {
        static final Pace USUAL = new Pace(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(4));
    }

    DispatchLoop(
            Database database,
            Inbox inbox,
            UUID node,
            Sql sql,
            List<ConsumerCoordinator> followers,
            Pace pace,
            ThreadFactory threads) {
        this.database = database;
        this.inbox = inbox;
        this.node = node;
        consumers = new ConsumerTable(sql);
        lanes = new LaneTable(sql, node);
        this.pace = pace;
        tend = new Every(pace.leases());
        lookForDue = new Every(pace.due());
        this.followers = followers;
        thread = threads.newThread(this::run);
        thread.setName("mxhooks-dispatch");
    }

    void start() {
        inbox.onAppend(lanes -> {
            followers.forEach(follower -> follower.tellNews(lanes));
            wakeUp.release();
        });
        thread.start();
    }

    /** Whether the last step went well, a short while ago. */
    boolean isRunning() {
        return ready && !away && !stopped && System.nanoTime() - steppedAt < MAX_STEP.toNanos();
    }

    /** Lets running notifications end, then gives the lanes to other nodes; once. */
    @Override
    public void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        wakeUp.release();
        followers.forEach(ConsumerCoordinator::stop);
        long deadline = System.nanoTime() + STOP_WITHIN.toNanos();
        try {
            thread.join(STOP_WITHIN.toMillis());
            for (ConsumerCoordinator follower : followers) {
                follower.awaitEnd(deadline);
            }
            if (ready) {
                lanes.releaseAll();
                consumers.leave(node);
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
                    followers.forEach(ConsumerCoordinator::work);
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
            if (away) {
                database.connect().close(); // the pool would log each failure
            }
            if (!ready) {
                prepare();
            }
            followers.forEach(ConsumerCoordinator::lookOut);
            tendLeases();
            lookForNews();
            lookForDue();
            followers.forEach(ConsumerCoordinator::work);
            back();
            steppedAt = System.nanoTime();
            return pace.news();
        } catch (Exception | Error e) {
            unavailable(e);
            return WAIT_FOR_DATABASE;
        }
    }

    private void prepare() throws Exception {
        database.migrate();
        database.open();
        for (ConsumerCoordinator follower : followers) {
            follower.register();
        }
        if (database.isEmbedded()) {
            lanes.releaseDead();
            consumers.leaveAllBut(node);
        }
        tellOthers();
        lookedUpTo = inbox.head();
        ready = true;
    }

    private void tellOthers() throws SQLException {
        List<String> others = consumers.others(
                followers.stream().map(ConsumerCoordinator::consumer).toList());
        if (!others.isEmpty()) {
            LOG.log(
                    INFO,
                    "Registered consumers that are not deployed on this node: {0}. A consumer that no node has makes no progress"
                            + " and keeps its unfinished work until it is deployed again or retired",
                    others);
        }
    }

    private void tendLeases() throws Exception {
        if (tend.isTime()) {
            for (ConsumerCoordinator follower : followers) {
                follower.tendLeases();
            }
            tend.done();
        }
    }

    private void lookForDue() throws SQLException {
        if (lookForDue.isTime()) {
            for (ConsumerCoordinator follower : followers) {
                follower.tellDue();
            }
            lookForDue.done();
        }
    }

    private void lookForNews() throws SQLException {
        long head = inbox.head();
        if (head > lookedUpTo) {
            List<Integer> grown = inbox.lanesGrown(lookedUpTo, head);
            followers.forEach(follower -> follower.tellNews(grown));
            lookedUpTo = head;
        }
    }

    private void unavailable(Throwable cause) {
        boolean refused = cause instanceof UnsuitableDatabase;
        if (!away || refused && !unsuitable) {
            LOG.log(WARNING, "Dispatch waits for the database: {0}", refused ? cause.getMessage() : cause.toString());
        }
        away = true;
        unsuitable = refused;
    }

    private void back() {
        if (away) {
            LOG.log(INFO, "Database reachable; dispatch resumed");
            away = false;
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
