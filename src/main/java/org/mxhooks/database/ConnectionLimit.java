package org.mxhooks.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many connections to PostgreSQL a node's pool opens. The pool itself is larger: a call that was given up keeps its
 * place there until it returns, though its connection is cut.
 */
final class ConnectionLimit {

    /** Of a node: two of them, with their writers and heartbeats, fit into PostgreSQL's default of 100. */
    static final int CONNECTIONS = 40;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Semaphore free = new Semaphore(CONNECTIONS, true);

    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();

    /** Who has a connection open. */
    interface Holder {
        /** Closes it if nobody uses it; returns whether it was closed. */
        boolean closeIfIdle() throws SQLException;
    }

    /** @throws SQLException if none becomes free within 5 s, not even one that rests in the pool */
    void acquire(Holder holder) throws SQLException {
        long begin = System.nanoTime();
        while (!acquireOrCloseIdle()) {
            if (System.nanoTime() - begin > TIMEOUT.toNanos()) {
                throw new SQLTransientConnectionException(
                        "all %s database connections of this node are in use".formatted(CONNECTIONS), "08001");
            }
        }
        holders.add(holder);
    }

    private boolean acquireOrCloseIdle() throws SQLException {
        try {
            if (free.tryAcquire(0, TimeUnit.NANOSECONDS)) {
                return true;
            }
            for (Holder other : holders) {
                if (other.closeIfIdle()) {
                    break;
                }
            }
            return free.tryAcquire(LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for a database connection", "08001");
        }
    }

    void release(Holder holder) {
        holders.remove(holder);
        free.release();
    }
}
