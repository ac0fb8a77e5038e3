package org.mxhooks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.settings.DatabaseSettings;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The database of a data source that a server has; a server's naming is played by a map. */
@Tag("persistence")
class ServerDataSourcePostgresIT {

    private static final String NAME = "jdbc/company";
    private static final Map<String, Object> NAMED = new HashMap<>();

    private TestDatabase postgres;
    private AgroalDataSource pool;
    private Database database;

    @BeforeEach
    void define() throws SQLException {
        postgres = TestDatabase.postgres();
        pool = poolOf(2);
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Naming.class.getName());
        NAMED.put(NAME, pool);
        NAMED.put("java:comp/UserTransaction", postgres.transaction());
        database = new Database(DatabaseSettings.ofServer(NAME));
    }

    @AfterEach
    void close() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
        NAMED.clear();
        pool.close();
        postgres.close();
    }

    @Test
    void isMigratedAndUsed() throws SQLException {
        database.migrate();

        assertThat(query("select count(*) from mxhooks.delivery")).isEqualTo("0");
        assertThat(database.isUnsuitable()).isFalse();
    }

    /** A transaction that was left open, too, is not the server's next borrower's. */
    @Test
    void getsItsConnectionsBackAsTheyWere() throws SQLException {
        String before = parameters();
        try (Connection borrowed = database.connect();
                Statement statement = borrowed.createStatement()) {
            assertThat(parameters(borrowed))
                    .isEqualTo("4s 5s public " + NodeSessions.APPLICATION)
                    .isNotEqualTo(before);
            borrowed.setAutoCommit(false);
            statement.execute("create table left_open (id integer)");
        }

        assertThat(parameters()).isEqualTo(before);
        assertThat(query("select to_regclass('left_open')")).isNull();
    }

    /** As long as its use asks for and the pool allows; the pool here changes nothing by itself. */
    @Test
    void waitsForAnswersForALimitedTimeButDuringAMigration() throws SQLException {
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setURL(postgres.settings().url());
        source.setUser(postgres.settings().user().orElseThrow());
        source.setSocketTimeout(120);
        PooledConnection session = source.getPooledConnection();
        try {
            NAMED.put(NAME, new SimplestPool(session));

            assertThat(answer(SessionLimits.WRITER)).isEqualTo(8_000);
            assertThat(answer(SessionLimits.pool(Duration.ofMinutes(1)))).isEqualTo(120_000);
            assertThat(answer(SessionLimits.MIGRATION)).isZero();
            assertThat(session.getConnection().getNetworkTimeout()).isEqualTo(120_000);
        } finally {
            session.close();
        }
    }

    private static final class SimplestPool extends PGSimpleDataSource {
        private static final long serialVersionUID = 1;
        private final transient PooledConnection session;

        SimplestPool(PooledConnection session) {
            this.session = session;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return session.getConnection();
        }
    }

    private static int answer(SessionLimits limits) throws SQLException {
        Connection borrowed = new Driver(DatabaseSettings.ofServer(NAME), limits).connect();
        int answer = borrowed.getNetworkTimeout();
        borrowed.close();
        return answer;
    }

    @Test
    void getsConnectionsBackThatPlannedOnce() throws SQLException {
        OwnSession session = OwnSession.planningOnce(database);
        assertThat(session.sql().query("select current_setting('plan_cache_mode')", row -> row.getString(1)))
                .containsExactly("force_generic_plan");
        session.close();

        try (Connection again = pool.getConnection()) {
            assertThat(query(again, "select current_setting('plan_cache_mode')"))
                    .isEqualTo("auto");
        }
    }

    /** Nothing is freed before the call returns: others may not use what it still has. */
    @Test
    void countsConnectionsOfCallsThatWereGivenUp() throws Exception {
        pool.close();
        pool = poolOf(ConnectionLimit.OF_CONSUMER + 1);
        NAMED.put(NAME, pool);
        DataSource ours = new ConfiguredDataSource(TestDatabase.driver(DatabaseSettings.ofServer(NAME)));
        List<Statement> open = new ArrayList<>();
        for (int call = 0; call < ConnectionLimit.OF_CONSUMER / ConsumerConnections.OF_CALL; call++) {
            ConsumerConnections hanging = ConsumerConnections.begin("hanging");
            for (int i = 0; i < ConsumerConnections.OF_CALL; i++) {
                ConsumerConnections.call(() -> open.add(ours.getConnection().createStatement()));
            }
            hanging.abandon();
        }

        try (ConsumerConnections next = ConsumerConnections.begin("hanging")) {
            assertThatThrownBy(() ->
                            ConsumerConnections.call(() -> ours.getConnection().createStatement()))
                    .hasMessageContainingAll("consumer " + next.consumer(), "8, as many as it may");
        }
        try (ConsumerConnections another = ConsumerConnections.begin("another")) {
            ConsumerConnections.call(() -> open.add(ours.getConnection().createStatement()));
            another.abandon();
        }
        assertThat(open).hasSize(ConnectionLimit.OF_CONSUMER + 1);
    }

    @Test
    void isRefusedWhereItJoinsJta() {
        NAMED.put(NAME, postgres.dataSource());

        assertThatThrownBy(database::migrate)
                .isInstanceOf(UnsuitableDatabase.class)
                .hasMessageContainingAll(NAME, "mxhooks.database.jndi", "jta=false");
        assertThat(database.isUnsuitable()).isTrue();
    }

    @Test
    void isReportedWhereItIsAbsentOrSomethingElse() throws SQLException {
        NAMED.remove(NAME);
        assertThatThrownBy(database::connect)
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll(NAME, "mxhooks.database.jndi");

        NAMED.put(NAME, "a text");
        assertThatThrownBy(database::connect).hasMessageContaining("not a data source");

        NAMED.put(NAME, pool);
        database.connect().close();
    }

    private String parameters() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return parameters(connection);
        }
    }

    private static String parameters(Connection connection) throws SQLException {
        return query(
                connection,
                "select concat_ws(' ', current_setting('idle_in_transaction_session_timeout'), current_setting('lock_timeout'),"
                        + " current_setting('search_path'), current_setting('application_name'))");
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            return query(connection, sql);
        }
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private AgroalDataSource poolOf(int size) throws SQLException {
        DatabaseSettings settings = postgres.settings();
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(size)
                        .acquisitionTimeout(Duration.ofSeconds(20))
                        .connectionFactoryConfiguration(factory -> factory.connectionProviderClass(
                                        org.postgresql.Driver.class)
                                .jdbcUrl(settings.url())
                                .credential(new NamePrincipal(settings.user().orElseThrow())))));
    }

    /** The server's. */
    public static final class Naming implements InitialContextFactory {
        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
            return new InitialContext(true) {
                @Override
                public Object lookup(String name) throws NamingException {
                    if (!NAMED.containsKey(name)) {
                        throw new NameNotFoundException(name);
                    }
                    return NAMED.get(name);
                }
            };
        }
    }
}
