package org.mxhooks.database;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final Optional<EmbeddedBackup> backup;
    private final Set<Connection> open = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Used by nobody else, so that it answers at once while the database is open. */
    private Connection probe;

    private EmbeddedStore store;
    private boolean migrating;
    private boolean logged;

    /** Opens a connection of H2's. */
    interface Source {
        Connection connect() throws SQLException;
    }

    /** What changes the schema, in several commits, and ends with a sync. */
    interface Migration {
        void run() throws SQLException;
    }

    private EmbeddedSessions(String url) {
        backup = EmbeddedFiles.data(url).map(EmbeddedBackup::new);
    }

    static EmbeddedSessions of(String url) {
        return BY_URL.computeIfAbsent(url, EmbeddedSessions::new);
    }

    synchronized Connection open(Source source) throws SQLException {
        if (probe != null && (store.isClosed() || !answers(probe))) {
            store.releaseWaiting();
            closeAll();
        }
        if (probe == null) {
            openProbe(source);
        }
        Connection connection = source.connect();
        open.add(connection);
        return connection;
    }

    private void openProbe(Source source) throws SQLException {
        if (backup.isPresent()) {
            EmbeddedFiles.protect(backup.get().data());
            if (!migrating) {
                restore(backup.get());
            }
        }
        probe = source.connect();
        store = EmbeddedStore.of(probe);
        if (!migrating && backup.filter(EmbeddedBackup::exists).isPresent()) {
            closeProbe();
            throw new SQLException(
                    "another process has left the embedded database in the middle of a migration; the next try puts it back");
        }
    }

    private void restore(EmbeddedBackup before) throws SQLException {
        try {
            if (before.restore() && !logged) {
                LOG.log(
                        WARNING,
                        "A migration of the embedded database {0} was interrupted; the database is as it was before",
                        before.data());
                logged = true;
            }
        } catch (IOException e) {
            throw new SQLException(
                    "the embedded database %s cannot be put back as it was before an interrupted migration: %s"
                            .formatted(before.data(), e),
                    e);
        }
    }

    /**
     * Executes a migration wholly or not at all: if it fails, or the process ends in the middle, the database is as it
     * was before when it is opened next; a database in memory is not. Closes all connections; nobody opens another
     * before the migration has ended, so that nothing is lost with it.
     *
     * @throws SQLException if the migration fails, or has not begun because the database cannot be copied
     */
    synchronized void migrate(Migration migration) throws SQLException {
        if (backup.isEmpty()) {
            migration.run();
            return;
        }
        closeAll();
        create(backup.get());
        migrating = true;
        try {
            migration.run();
            backup.get().remove();
            logged = false;
        } catch (IOException e) {
            throw new SQLException(
                    "the copy of the embedded database from before its migration cannot be removed: " + e, e);
        } finally {
            closeAll();
            migrating = false;
        }
    }

    private void create(EmbeddedBackup before) throws SQLException {
        try {
            before.create();
        } catch (IOException e) {
            throw new SQLException(
                    "the embedded database is not migrated without a copy of it, which needs %s bytes beside %s: %s"
                            .formatted(before.data().toFile().length(), before.data(), e),
                    e);
        }
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
        if (probe == null) {
            return;
        }
        if (store.isClosed()) {
            store.releaseWaiting();
        }
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
            LOG.log(DEBUG, "A connection to the database that was closed under it did not close", e);
        }
    }
}
