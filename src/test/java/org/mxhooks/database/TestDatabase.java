package org.mxhooks.database;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.narayana.NarayanaTransactionIntegration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.mxhooks.settings.DatabaseSettings;

/** A database of a test's own, with the pool and the JTA transactions that a server would bring. */
public final class TestDatabase implements AutoCloseable {

    private final DatabaseSettings settings;
    private final Database database;
    private final AgroalDataSource dataSource;
    private final End end;

    private interface End {
        void come() throws SQLException;
    }

    private TestDatabase(DatabaseSettings settings, End end) throws SQLException {
        this.settings = settings;
        this.end = end;
        this.database = new Database(settings);
        this.dataSource = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(100)
                        .acquisitionTimeout(Duration.ofSeconds(20))
                        .transactionIntegration(new NarayanaTransactionIntegration(
                                TransactionManager.transactionManager(), new TransactionSynchronizationRegistryImple()))
                        .connectionFactoryConfiguration(factory -> factory.connectionProviderClass(PooledDriver.class)
                                .jdbcUrl(PooledDriver.register(settings))
                                .credential(new NamePrincipal(settings.user().orElseThrow())))));
    }

    /** An embedded H2 in a directory, as the default is. */
    public static TestDatabase h2(Path home) throws SQLException {
        return h2(UninterruptedFile.SCHEME + ":", home);
    }

    /** As above, in a file system of H2's. */
    public static TestDatabase h2(String fileSystem, Path home) throws SQLException {
        return new TestDatabase(
                new DatabaseSettings(
                        "jdbc:h2:" + fileSystem + home.resolve("mxhooks"), Optional.of("sa"), Optional.empty(), true),
                () -> {});
    }

    /** A new database, dropped by {@link #close}, on a PostgreSQL that runs as long as this JVM. */
    public static TestDatabase postgres() throws SQLException {
        return postgres("");
    }

    /** @param options of {@code create database} */
    public static TestDatabase postgres(String options) throws SQLException {
        return postgres(Server.POSTGRES, options);
    }

    /** As above, on one that syncs as in production, for measurements. */
    public static TestDatabase syncedPostgres() throws SQLException {
        return postgres(SyncedServer.POSTGRES, "");
    }

    private static TestDatabase postgres(EmbeddedPostgres server, String options) throws SQLException {
        String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
        execute(server, "create database " + name + " " + options);
        DatabaseSettings settings = new DatabaseSettings(
                server.getJdbcUrl("postgres", name), Optional.of("postgres"), Optional.empty(), false);
        return new TestDatabase(settings, () -> execute(server, "drop database " + name + " with (force)"));
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** One of a PostgreSQL that the test has started. */
    public static TestDatabase at(String url) throws SQLException {
        return new TestDatabase(new DatabaseSettings(url, Optional.of("postgres"), Optional.empty(), false), () -> {});
    }

    /** Ends the connections to a database that stays, as a template for others; returns its name. */
    public String keep() {
        dataSource.close();
        return settings.url().replaceFirst(".*/([^?]*).*", "$1");
    }

    static Driver driver(DatabaseSettings settings) {
        return new Driver(settings, SessionLimits.pool(Duration.ofMinutes(1)));
    }

    public DatabaseSettings settings() {
        return settings;
    }

    public Database database() {
        return database;
    }

    public TestDatabase migrated() throws SQLException {
        database.migrate();
        database.open();
        return this;
    }

    /** Whether a session of this database waits for the lock of another. */
    public boolean someoneWaitsForALock() throws SQLException {
        String waiting = settings.embedded()
                ? "select 1 from information_schema.sessions where blocker_id is not null"
                : "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            return statement.executeQuery(waiting).next();
        }
    }

    /** Connections that join the JTA transaction of their thread. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Connections as the server's pool has them. */
    public DataSource reconnecting() {
        return new ConfiguredDataSource(driver(settings));
    }

    public UserTransaction transaction() {
        return com.arjuna.ats.jta.UserTransaction.userTransaction();
    }

    @Override
    public void close() {
        dataSource.close();
        try {
            end.come();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start("off");
    }

    private static final class SyncedServer {
        static final EmbeddedPostgres POSTGRES = start("on");
    }

    /** @param sync whether what is committed outlives the machine; it outlives the server's process anyway */
    private static EmbeddedPostgres start(String sync) {
        try {
            return EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .setServerConfig("fsync", sync)
                    .setServerConfig("full_page_writes", sync)
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
