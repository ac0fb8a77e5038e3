package org.mxhooks.database;

import static java.lang.System.Logger.Level.WARNING;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.ValidateOutput;
import org.flywaydb.core.api.output.ValidateResult;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * The tables of mxhooks, which migrations bring up to date. A migration is a transaction, but on H2, which commits each
 * statement, and where it builds an index {@code ${concurrently}}: there it may be interrupted in the middle, and is
 * executed once more from its beginning, on H2 in the database as it was before.
 */
final class Schema {

    static final String MIGRATIONS = "classpath:org/mxhooks/database";

    private static final System.Logger LOG = System.getLogger(Schema.class.getName());
    private static final String NAME = "mxhooks";
    private static final String HISTORY = "flyway_schema_history";

    private final Driver driver;
    private final DataSource migrator;
    private final boolean embedded;
    private final FluentConfiguration flyway;
    private boolean repeating;

    /** @param locations of migrations, as Flyway names them */
    Schema(Driver migrator, boolean embedded, String... locations) {
        driver = migrator;
        this.migrator = new ConfiguredDataSource(migrator);
        this.embedded = embedded;
        flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(this.migrator)
                .locations(locations)
                .schemas(NAME)
                .placeholders(Map.of("concurrently", embedded ? "" : "concurrently"));
        // else a transaction would be open beside a migration, however long that takes
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
    }

    /**
     * Executes what is missing. Nodes that do so at the same time wait for each other.
     *
     * @throws UnsuitableDatabase if the schema is that of an incompatible build, or of another program
     * @throws SQLException if the database is unavailable, or a migration fails, which the next try executes again
     */
    void migrate() throws SQLException {
        boolean upgrade = false;
        if (hasHistory()) {
            if (embedded && wasNeverComplete()) {
                execute("drop schema " + NAME + " cascade");
            } else {
                ValidateResult history = flyway.load().validateWithResult();
                check(history);
                upgrade = !history.validationSuccessful;
            }
        } else if (isThere("select 1 from information_schema.tables where table_schema = '%s'".formatted(NAME))) {
            throw UnsuitableDatabase.ofOtherProgram();
        }
        if (embedded && upgrade) {
            EmbeddedSessions.of(driver.url()).migrate(this::upgradeEmbedded);
        } else {
            executeMissing();
        }
    }

    private void upgradeEmbedded() throws SQLException {
        executeMissing();
        execute("checkpoint sync");
    }

    private void executeMissing() throws SQLException {
        try {
            flyway.load().migrate();
            repeating = false;
        } catch (FlywayException e) {
            throw new SQLException(
                    "the schema %s is not up to date, and is brought there by the next try; another node may be at it: %s"
                            .formatted(NAME, RootCause.message(RootCause.deepest(e))),
                    e);
        }
    }

    /** No node has opened a schema whose first migration was interrupted, so that no delivery is in it. */
    private boolean wasNeverComplete() throws SQLException {
        return !isThere("select 1 from %s.%s where \"version\" is not null and \"success\"".formatted(NAME, HISTORY));
    }

    private boolean hasHistory() throws SQLException {
        return isThere("select 1 from information_schema.tables where table_schema = '%s' and table_name = '%s'"
                .formatted(NAME, HISTORY));
    }

    /** What failed is forgotten: Flyway executes nothing after it. */
    private void check(ValidateResult history) throws SQLException {
        List<ValidateOutput> wrong = history.invalidMigrations.stream()
                .filter(migration ->
                        migration.errorDetails.errorCode != CoreErrorCode.RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED)
                .toList();
        if (!wrong.stream()
                .allMatch(migration -> migration.errorDetails.errorCode == CoreErrorCode.FAILED_VERSIONED_MIGRATION)) {
            throw UnsuitableDatabase.ofOtherSchema(embedded, new FlywayException(history.getAllErrorMessages()));
        }
        if (!wrong.isEmpty()) {
            if (!repeating) {
                LOG.log(WARNING, "A migration of the schema {0} failed in the middle; it is executed again", NAME);
            }
            repeating = true;
            execute("delete from %s.%s where not \"success\"".formatted(NAME, HISTORY));
        }
    }

    private boolean isThere(String query) throws SQLException {
        try (Connection connection = migrator.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeQuery(query).next();
        }
    }

    private int execute(String sql) throws SQLException {
        try (Connection connection = migrator.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
