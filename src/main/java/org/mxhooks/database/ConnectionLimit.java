package org.mxhooks.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
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

    private final Semaphore free = new Semaphore(CONNECTIONS, true);

    /** @throws SQLException if none becomes free within 5 s */
    void acquire() throws SQLException {
        try {
            if (!free.tryAcquire(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SQLTransientConnectionException(
                        "all %s database connections of this node are in use".formatted(CONNECTIONS), "08001");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for a database connection", "08001");
        }
    }

    void release() {
        free.release();
    }
}
