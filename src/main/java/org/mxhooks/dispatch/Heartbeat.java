package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.mxhooks.database.Database;
import org.mxhooks.database.OwnSession;
import org.mxhooks.resilience.Shutdown;

/**
 * Renews this node's lease, on a thread and a connection that nothing else uses: whatever consumers hold, the node
 * stays alive for the others, and where the process stands still it does not.
 */
final class Heartbeat {

    private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final UUID node;
    private final Duration interval;
    private final Duration probation;
    private final OwnSession session;
    private final NodeTable nodes;
    private final Thread thread;
    private final Semaphore end = new Semaphore(0);
    private boolean failing;
    private volatile long aliveSince;
    private volatile long renewedAt;

    /**
     * @param interval between two renewals, a fraction of the lease of 15 s
     * @param probation how long the node renews before it may claim lanes of others
     */
    Heartbeat(Database database, UUID node, ThreadFactory threads, Duration interval, Duration probation) {
        this.node = node;
        this.interval = interval;
        this.probation = probation;
        session = new OwnSession(database);
        nodes = new NodeTable(session.sql());
        thread = threads.newThread(this::run);
        thread.setName("mxhooks-heartbeat");
    }

    /** Begins, with a lease that was renewed just now. */
    void start() {
        aliveSince = System.nanoTime();
        renewedAt = aliveSince;
        thread.start();
    }

    /**
     * Whether this node may claim lanes whose owner's lease has expired. Not before it has renewed its own for a while:
     * after an outage of the database all leases have expired, though their nodes live.
     */
    boolean mayTakeOver() {
        long now = System.nanoTime();
        return now - renewedAt < LEASE.toNanos() && now - aliveSince >= probation.toNanos();
    }

    private void run() {
        boolean ended = false;
        while (!ended) {
            try {
                ended = end.tryAcquire((renew() ? interval : RETRY).toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                ended = Shutdown.isRequested();
            } catch (RuntimeException | Error e) {
                // where memory is short even a log entry may be too much: only the node's end ends the heartbeat
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
        closeSession();
    }

    private boolean renew() {
        try {
            nodes.renew(node);
            long now = System.nanoTime();
            if (now - renewedAt >= LEASE.toNanos()) {
                aliveSince = now;
            }
            renewedAt = now;
            failing = false;
            return true;
        } catch (SQLException | RuntimeException | Error e) {
            if (!failing) {
                LOG.log(WARNING, "Lease of this node was not renewed; retrying every second: {0}", e.toString());
            }
            failing = true;
            closeSession();
            return false;
        }
    }

    private void closeSession() {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.log(DEBUG, "The broken connection did not close", e);
        }
    }

    /** Ends it; the lease stays as it is. */
    void stop() throws InterruptedException {
        end.release();
        thread.join(STOP_TIMEOUT.toMillis());
    }
}
