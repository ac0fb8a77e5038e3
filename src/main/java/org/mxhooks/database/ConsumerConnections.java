package org.mxhooks.database;

import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The connections of the pool that a thread takes while it works for a consumer, in a transaction or not. Those of a
 * call that is given up are cut, and it gets no others. What the engine does on the thread is not limited: only the
 * consumer's own code is.
 */
public final class ConsumerConnections implements AutoCloseable {

    /** That a call holds at the same time: that of its transaction and one more. */
    static final int OF_CALL = 2;

    private static final System.Logger LOG = System.getLogger(ConsumerConnections.class.getName());
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String CONNECTION_FAILURE = "08006";

    /** Removed when the work ends: a server's thread outlives the deployment. */
    private static final ThreadLocal<ConsumerConnections> CURRENT = new ThreadLocal<>();

    private final String consumer;
    private final Set<Lent> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean calling;
    private volatile boolean abandoned;

    private ConsumerConnections(String consumer) {
        this.consumer = consumer;
    }

    /** A connection that a thread may have from the pool. */
    interface Lent {
        /** Whether it could not be given to another: it has a transaction or an open statement. */
        boolean isHeld();

        boolean isInTransaction();

        boolean isCommitting();

        /** Ends it under a thread that works for a consumer, unless it is another's by now. */
        void cut(ConsumerConnections of) throws SQLException;

        /** The thread works for the consumer no longer. */
        void endLoan(ConsumerConnections to);
    }

    /** Begins to collect those of the calling thread, until this is closed by it. */
    public static ConsumerConnections begin(String consumer) {
        ConsumerConnections begun = new ConsumerConnections(consumer);
        CURRENT.set(begun);
        return begun;
    }

    /** Those of the calling thread, if it works for a consumer. */
    static Optional<ConsumerConnections> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Calls the consumer: meanwhile what the calling thread takes is limited, if it works for one. */
    public static void call(Transaction.Work call) throws Exception {
        Optional<ConsumerConnections> current = current();
        current.ifPresent(connections -> connections.calling = true);
        try {
            call.run();
        } finally {
            current.ifPresent(connections -> connections.calling = false);
        }
    }

    String consumer() {
        return consumer;
    }

    /** Whether the consumer's own code takes what is taken now. */
    boolean isLimited() {
        return calling;
    }

    /** @throws SQLException if the call has as many as it may, or was given up */
    void add(Lent connection) throws SQLException {
        if (calling && held() >= OF_CALL) {
            throw new SQLException(
                    "consumer %s already uses %s database connections in this call, and may not use another at the same time"
                            .formatted(consumer, OF_CALL),
                    TOO_MANY_CONNECTIONS);
        }
        connections.add(connection);
        requireNotAbandoned();
    }

    private long held() {
        return connections.stream().filter(Lent::isHeld).count();
    }

    /** @throws SQLException if the consumer's call, which is still at work, was given up */
    void requireNotAbandoned() throws SQLException {
        if (calling && abandoned) {
            throw new SQLException(
                    "consumer %s gets no database connection: its call took too long and was given up"
                            .formatted(consumer),
                    CONNECTION_FAILURE);
        }
    }

    void remove(Lent connection) {
        connections.remove(connection);
    }

    /**
     * Cuts all connections, and refuses others to the consumer's code from now on; on any thread. PostgreSQL rolls back
     * and releases the locks at once, or within a second while a statement runs (from PostgreSQL 14; older ones notice
     * when it ends). The thread itself continues; what it does with the connections fails. With the embedded database,
     * or a data source of the server, nothing is released before the thread returns.
     */
    public void abandon() {
        abandoned = true;
        cut(connection -> true);
    }

    /** Whether the database is at work on a commit, which would not end sooner if its connection were cut. */
    public boolean areCommitting() {
        return connections.stream().anyMatch(Lent::isCommitting);
    }

    /** Cuts the connections in a transaction; the thread may take others. */
    public void abandonTransactions() {
        cut(Lent::isInTransaction);
    }

    private void cut(Predicate<Lent> which) {
        for (Lent connection : connections) {
            try {
                if (which.test(connection)) {
                    connection.cut(this);
                }
            } catch (SQLException | RuntimeException | Error e) { // there may be no thread that closes it
                LOG.log(
                        WARNING,
                        "A connection of a call of consumer {0} that was given up could not be cut: {1}",
                        consumer,
                        e.toString());
            }
        }
    }

    /** What the thread does next is not the consumer's. */
    @Override
    public void close() {
        CURRENT.remove();
        connections.forEach(connection -> connection.endLoan(this));
    }
}
