package org.mxhooks.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How many connections to PostgreSQL a node's pool opens, and how many of them consumers use at the same time: the
 * others are left to the API, the console, the probes and the engine. The pool itself is larger: a call that was given
 * up keeps its place there until it returns, though its connection is cut.
 */
final class ConnectionLimit {

    /** Of a node: two of them, with their writers and heartbeats, fit into PostgreSQL's default of 100. */
    static final int CONNECTIONS = 40;

    /** Of all consumers: two for each of the turns that run at the same time. */
    static final int OF_CONSUMERS = 32;

    /** Of a consumer: two for each of its turns. Calls that were given up count where they cannot be cut. */
    static final int OF_CONSUMER = 8;

    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Duration timeout;
    private final Semaphore free = new Semaphore(CONNECTIONS, true);
    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();
    private final Map<Holder, ConsumerConnections> lent = new ConcurrentHashMap<>();

    ConnectionLimit() {
        this(Duration.ofSeconds(5));
    }

    /** @param timeout how long to wait for another's connection */
    ConnectionLimit(Duration timeout) {
        this.timeout = timeout;
    }

    /** Who has a connection open. */
    interface Holder {
        /** Closes it if nobody uses it; returns whether it was closed. */
        boolean closeIfIdle() throws SQLException;

        /** Whether somebody uses it. */
        boolean isInUse();
    }

    private interface Attempt {
        /** Empty if it succeeded, else why not. */
        Optional<String> refusal() throws SQLException, InterruptedException;
    }

    /** @throws SQLException if none becomes free within 5 s, not even one that rests in the pool */
    void acquire(Holder holder) throws SQLException {
        await(
                "08001",
                () -> acquireOrCloseIdle()
                        ? Optional.empty()
                        : Optional.of("all %s database connections of this node are in use".formatted(CONNECTIONS)));
        holders.add(holder);
    }

    private boolean acquireOrCloseIdle() throws SQLException, InterruptedException {
        if (free.tryAcquire(0, TimeUnit.NANOSECONDS)) {
            return true;
        }
        for (Holder other : holders) {
            if (other.closeIfIdle()) {
                break;
            }
        }
        return free.tryAcquire(LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS);
    }

    void release(Holder holder) {
        holders.remove(holder);
        free.release();
    }

    /**
     * Counts a connection as one of a consumer's, until it is {@linkplain #takeBack taken back}. The engine's own
     * statements never wait.
     *
     * @throws SQLException if the consumer, or all of them, use as many as they may for the next 5 s
     */
    void lend(Holder holder, ConsumerConnections to) throws SQLException {
        if (!to.isLimited()) {
            lent.put(holder, to);
            return;
        }
        await(TOO_MANY_CONNECTIONS, () -> {
            Optional<String> refusal = lendIfFree(holder, to);
            if (refusal.isPresent()) {
                to.requireNotAbandoned();
                TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
            }
            return refusal;
        });
    }

    private synchronized Optional<String> lendIfFree(Holder holder, ConsumerConnections to) {
        if (inUse().filter(to.consumer()::equals).count() >= OF_CONSUMER) {
            return Optional.of("consumer %s gets no database connection: its calls use %s, as many as it may"
                    .formatted(to.consumer(), OF_CONSUMER));
        }
        if (inUse().count() >= OF_CONSUMERS) {
            return Optional.of("consumer %s gets no database connection: consumers use %s, as many as they may"
                    .formatted(to.consumer(), OF_CONSUMERS));
        }
        lent.put(holder, to);
        return Optional.empty();
    }

    /** The names of the consumers that use them. */
    private Stream<String> inUse() {
        return lent.entrySet().stream()
                .filter(each -> each.getKey().isInUse())
                .map(each -> each.getValue().consumer());
    }

    void takeBack(Holder holder) {
        lent.remove(holder);
    }

    private void await(String state, Attempt attempt) throws SQLException {
        long begin = System.nanoTime();
        try {
            for (Optional<String> refusal = attempt.refusal(); refusal.isPresent(); refusal = attempt.refusal()) {
                if (System.nanoTime() - begin > timeout.toNanos()) {
                    throw new SQLTransientConnectionException(refusal.get(), state);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for a database connection", "08001");
        }
    }
}
