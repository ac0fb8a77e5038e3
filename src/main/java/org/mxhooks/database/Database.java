package org.mxhooks.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.mxhooks.settings.DatabaseSettings;

/** Access to the database outside JTA: schema migrations and the inbox's writer. */
public class Database {

    /** JNDI name of the data source whose connections join the JTA transaction. */
    public static final String DATA_SOURCE = "java:app/jdbc/mxhooks";

    /** How long a statement of {@link #connect()} waits for a lock. */
    public static final Duration LOCK_TIMEOUT = SessionLimits.WRITER.lock();

    private final Driver driver;
    private final Driver planningOnce;
    private final Schema schema;
    private final boolean embedded;
    private final Optional<ServerDataSource> ofServer;
    private volatile boolean open;
    private volatile boolean unsuitable;
    private volatile boolean refused;

    public Database(DatabaseSettings settings) {
        driver = new Driver(settings, SessionLimits.WRITER);
        planningOnce = new Driver(settings, SessionLimits.PLANNED_ONCE);
        embedded = settings.embedded();
        schema = new Schema(new Driver(settings, SessionLimits.MIGRATION), embedded, Schema.MIGRATIONS);
        ofServer = settings.jndi().map(ServerDataSource::new);
    }

    /** Whether the schema is migrated; the database may be unavailable again. */
    public boolean isOpen() {
        return open;
    }

    /** Whether the database cannot store every delivery, so that retries are useless. */
    public boolean isUnsuitable() {
        return unsuitable || refused;
    }

    /** Declares the schema migrated: deliveries are accepted from now on. */
    public void open() {
        open = true;
    }

    /** Whether this is the embedded database, which no other node can use. */
    public boolean isEmbedded() {
        return embedded;
    }

    /**
     * Brings the schema up to date. Nodes that do so at the same time wait for each other. A crash leaves the last
     * complete version, or a migration in the middle that the next start executes again. A migration has no time-out,
     * but waits for the lock of a table for at most 5 s, because all other sessions would wait behind it.
     *
     * @throws UnsuitableDatabase if the database cannot keep every delivery, or its schema is that of an incompatible
     *     build or of another program
     * @throws SQLException if the database is unavailable, or a migration fails
     */
    public void migrate() throws SQLException {
        connect().close();
        try {
            if (ofServer.isPresent()) {
                ofServer.get().requireNonJta();
            }
            schema.migrate();
            refused = false;
        } catch (UnsuitableDatabase e) {
            refused = true;
            throw e;
        }
    }

    /**
     * A connection of the caller's own, in no pool and no JTA transaction; it gives up after 8 s without an answer, and
     * after 5 s of waiting for a lock. PostgreSQL ends it after 4 s of silence inside a transaction: a node that is
     * stopped, or vanished from the network, would keep its locks for hours.
     */
    public Connection connect() throws SQLException {
        return connect(driver);
    }

    /** As {@link #connect}: PostgreSQL plans a statement that is repeated once, for any parameters. */
    public Connection connectPlanningOnce() throws SQLException {
        return connect(planningOnce);
    }

    private Connection connect(Driver by) throws SQLException {
        try {
            Connection connection = by.connect();
            unsuitable = false;
            return connection;
        } catch (UnsuitableDatabase e) {
            unsuitable = true;
            throw e;
        }
    }

    /**
     * Makes what the connection committed survive a power loss. PostgreSQL has synced on commit already; H2 writes on
     * commit and syncs here.
     */
    public void sync(Connection connection) throws SQLException {
        if (embedded) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("checkpoint sync");
            }
        }
    }
}
