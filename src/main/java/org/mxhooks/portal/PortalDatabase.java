package org.mxhooks.portal;

import static java.lang.System.Logger.Level.DEBUG;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The embedded database: one connection that writes, one that reads. What is committed survives the end of the process;
 * a loss of power may cost the last moments.
 */
final class PortalDatabase implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PortalDatabase.class.getName());

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Unit<T> {
        T in(PortalTransaction transaction) throws SQLException;
    }

    /** A failure of the database, not of who asked. */
    static final class StorageException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private StorageException(SQLException cause) {
            super(cause);
        }
    }

    /**
     * On an asynchronous channel, because an interrupt would close any other. H2 2.4 reuses the result of a subquery
     * whose table was changed since ({@code insert … select … where not exists}).
     */
    private static final String URL =
            "jdbc:h2:async:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;QUERY_CACHE_SIZE=100;CACHE_SIZE=65536;OPTIMIZE_REUSE_RESULTS=FALSE";

    private final Session writing;
    private final Session reading;
    private Consumer<PortalTransaction> committed = transaction -> {};

    private PortalDatabase(String url) {
        writing = new Session(url);
        reading = new Session(url);
    }

    /** @throws PortalFailure if the file cannot be read as a database */
    static PortalDatabase open(Path file) throws PortalFailure {
        PortalDatabase database = new PortalDatabase(URL.formatted(file));
        try {
            database.writing.createSchema();
            return database;
        } catch (SQLException e) {
            throw new PortalFailure(
                    "the database %s.mv.db cannot be opened (%s). Move it to another place, or name another directory by --home."
                            .formatted(file, e.getErrorCode()),
                    e);
        }
    }

    /** Calls for each committed transaction, in the order of commits; must not wait. */
    void afterCommit(Consumer<PortalTransaction> listener) {
        committed = listener;
    }

    <T> T write(Unit<T> work) {
        return writing.run(work, transaction -> committed.accept(transaction));
    }

    <T> T read(Unit<T> work) {
        return reading.run(work, transaction -> {});
    }

    @Override
    public void close() {
        reading.end();
        writing.end();
    }

    /** A connection for one thread at a time, opened again after a failure. */
    private static final class Session {

        private final String url;
        private final Lock lock = new ReentrantLock();
        private Connection connection;
        private boolean ended;

        Session(String url) {
            this.url = url;
        }

        <T> T run(Unit<T> work, Consumer<PortalTransaction> afterwards) {
            lock.lock();
            try {
                PortalTransaction transaction = new PortalTransaction(connection());
                T result = work.in(transaction);
                connection.commit();
                afterwards.accept(transaction);
                return result;
            } catch (SQLException e) {
                throw new StorageException(e);
            } finally {
                rollback();
                lock.unlock();
            }
        }

        private Connection connection() throws SQLException {
            if (ended) {
                throw new SQLException("the database was closed");
            }
            if (connection == null) {
                connection = DriverManager.getConnection(url);
                connection.setAutoCommit(false);
            }
            return connection;
        }

        /** What was committed is not touched by it. */
        private void rollback() {
            try {
                if (connection != null) {
                    connection.rollback();
                }
            } catch (SQLException broken) {
                close();
            }
        }

        void createSchema() throws SQLException {
            try (Statement statement = connection().createStatement()) {
                statement.execute(schema());
                connection.commit();
            }
        }

        private static String schema() {
            try (InputStream in = PortalDatabase.class.getResourceAsStream("schema.sql")) {
                return new String(in.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Who still works finds no database, instead of one that is opened again. */
        void end() {
            lock.lock();
            try {
                ended = true;
                close();
            } finally {
                lock.unlock();
            }
        }

        private void close() {
            lock.lock();
            try {
                if (connection != null) {
                    connection.close();
                }
            } catch (SQLException broken) {
                LOG.log(DEBUG, "Connection not closed: {0}", broken);
            } finally {
                connection = null;
                lock.unlock();
            }
        }
    }
}
