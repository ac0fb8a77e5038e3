package org.mxhooks.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections to one embedded database. A fault of the disk or the memory closes the database under them; H2 opens
 * it again, but loses track of it when a connection from before the fault is closed after that. So all of those are
 * closed before the first is reopened.
 */
final class EmbeddedSessions {

    private static final System.Logger LOG = System.getLogger(EmbeddedSessions.class.getName());
    private static final Map<String, EmbeddedSessions> BY_URL = new ConcurrentHashMap<>();

    private final Set<Connection> open = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Used by nobody else, so that it answers at once while the database is open. */
    private Connection probe;

    private EmbeddedStore store;

    /** Opens a connection of H2's. */
    interface Source {
        Connection connect() throws SQLException;
    }

    private final String url;

    private EmbeddedSessions(String url) {
        this.url = url;
    }

    static EmbeddedSessions of(String url) {
        return BY_URL.computeIfAbsent(url, EmbeddedSessions::new);
    }

    synchronized Connection open(Source source) throws SQLException {
        if (probe != null && (store.isClosed() || !answers(probe))) {
            closeAll();
        }
        if (probe == null) {
            EmbeddedFiles.protect(url);
            probe = source.connect();
            store = EmbeddedStore.of(probe);
        }
        Connection connection = source.connect();
        open.add(connection);
        return connection;
    }

    /** Closes one; with the last the database closes. */
    synchronized void close(Connection connection) throws SQLException {
        boolean wasOpen = open.remove(connection);
        try {
            if (probe != null && store.isClosed()) {
                store.releaseWaiting();
            }
            connection.close();
        } finally {
            if (wasOpen && open.isEmpty()) {
                closeProbe();
            }
        }
    }

    static boolean answers(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("select 1");
        } catch (SQLException e) {
            return false;
        }
    }

    private void closeAll() {
        store.releaseWaiting();
        List<Connection> before = new ArrayList<>(open);
        open.clear();
        before.forEach(EmbeddedSessions::closeBroken);
        closeProbe();
    }

    private void closeProbe() {
        Connection last = probe;
        probe = null;
        closeBroken(last);
    }

    private static void closeBroken(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "A connection to the database that was closed under it did not close",
                    e);
        }
    }
}
