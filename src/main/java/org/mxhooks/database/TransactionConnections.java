package org.mxhooks.database;

import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which threads have which connections of the pool in a transaction, so that those of a hanging thread can be cut. */
public final class TransactionConnections {

    private static final System.Logger LOG = System.getLogger(TransactionConnections.class.getName());
    private static final Map<Thread, Set<Cuttable>> BY_THREAD = new ConcurrentHashMap<>();
    private static final Map<Cuttable, Thread> OWNERS = new ConcurrentHashMap<>();

    private TransactionConnections() {}

    /** A connection that another thread can end under a transaction. */
    interface Cuttable {
        void cut() throws SQLException;
    }

    static void usedBy(Thread thread, Cuttable connection) {
        if (OWNERS.putIfAbsent(connection, thread) == null) {
            BY_THREAD.compute(thread, (unused, known) -> {
                Set<Cuttable> connections = known == null ? ConcurrentHashMap.newKeySet() : known;
                connections.add(connection);
                return connections;
            });
        }
    }

    static void left(Cuttable connection) {
        Thread owner = OWNERS.remove(connection);
        if (owner != null) {
            BY_THREAD.computeIfPresent(owner, (unused, connections) -> {
                connections.remove(connection);
                return connections.isEmpty() ? null : connections;
            });
        }
    }

    /**
     * Cuts the connections that a thread has in a transaction, so that PostgreSQL rolls it back and releases its locks:
     * at once, or within a second while a statement runs (from PostgreSQL 14; older ones notice when it ends). The
     * thread itself continues; what it does in the transaction fails. With the embedded database, or a data source of
     * the server, no lock is released before the thread returns.
     */
    public static void abandon(Thread thread) {
        for (Cuttable connection : BY_THREAD.getOrDefault(thread, Set.of())) {
            if (OWNERS.get(connection) != thread) {
                continue; // it left meanwhile: another thread's transaction may have it
            }
            try {
                connection.cut();
            } catch (SQLException | RuntimeException e) {
                LOG.log(WARNING, "A connection of a call that was given up could not be cut: {0}", e.toString());
            }
        }
    }
}
