package org.mxhooks.database;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.settings.DatabaseSettings;

@Tag("persistence")
class DatabasePostgresIT {

    private static final String OUR_NAME = "mxhooks";

    @ParameterizedTest
    @ValueSource(strings = {"SQL_ASCII", "LATIN1", "EUC_JP"})
    void refusesAnEncodingThatHasNoPlaceForEveryText(String encoding) throws SQLException {
        try (TestDatabase postgres = TestDatabase.postgres(
                "encoding '%s' lc_collate 'C' lc_ctype 'C' template template0".formatted(encoding))) {
            Database database = postgres.database();

            assertThatThrownBy(database::migrate)
                    .isInstanceOf(UnsuitableDatabase.class)
                    .hasMessageContainingAll("mxhooks.database.url", encoding, "encoding 'UTF8'");
            assertThatThrownBy(database::connect).isInstanceOf(UnsuitableDatabase.class);
            assertThat(database.isUnsuitable()).isTrue();
        }
    }

    @Test
    void takesUtf8() throws SQLException {
        try (TestDatabase postgres =
                TestDatabase.postgres("encoding 'UTF8' lc_collate 'C' lc_ctype 'C' template template0")) {
            postgres.migrated();

            assertThat(postgres.database().isUnsuitable()).isFalse();
        }
    }

    /** A role of the name of our schema finds that schema first, once it exists, unless the search path is fixed. */
    @ParameterizedTest
    @CsvSource({"'', public", "?currentSchema=companions, companions", "'?currentSchema=companions,public', companions"
    })
    void companionsTablesAreInOneSchemaBeforeAndAfterOursExists(String parameters, String schema) throws SQLException {
        try (TestDatabase postgres = TestDatabase.postgres("")) {
            execute(postgres.database().connect(), "create schema companions");
            DatabaseSettings settings = ofRoleNamedAsOurSchema(postgres, parameters);
            ConfiguredDataSource pool = new ConfiguredDataSource(TestDatabase.driver(settings));
            execute(pool.getConnection(), "create table if not exists issue (id integer)");
            new Database(settings).migrate();

            execute(pool.getConnection(), "create table if not exists issue (id integer)");
            execute(pool.getConnection(), "reset all", "create table if not exists issue (id integer)");

            assertThat(schemasWith("issue", pool.getConnection())).containsExactly(schema);
        }
    }

    /** As of a call that hangs: others go ahead, and the call itself can only roll back. */
    @Test
    void freesTheLocksOfACallWhoseConnectionsAreCut() throws SQLException {
        try (TestDatabase postgres = TestDatabase.postgres("");
                ConsumerConnections call = ConsumerConnections.begin("one")) {
            Connection connection = postgres.reconnecting().getConnection();
            execute(
                    postgres.database().connect(),
                    "create table counter (n integer)",
                    "insert into counter values (0)");
            connection.setAutoCommit(false);
            update(connection, "update counter set n = n + 1");

            call.abandonTransactions();

            execute(postgres.database().connect(), "update counter set n = n + 10");
            assertThatThrownBy(() -> update(connection, "update counter set n = n + 100"))
                    .hasMessageContaining("took too long");
            assertThatThrownBy(connection::commit).hasMessageContaining("took too long");
            connection.rollback();
            connection.setAutoCommit(true);
            update(connection, "update counter set n = n + 1000");
            assertThat(number(connection, "select n from counter")).isEqualTo(1010);
        }
    }

    /** How a transaction fails to end. */
    private enum Fault {
        REFUSED,
        CUT,
        GONE;

        void strike(Connection connection, ConsumerConnections call, TestDatabase postgres) throws SQLException {
            switch (this) {
                case REFUSED -> update(connection, "insert into part values (1)");
                case CUT -> call.abandonTransactions();
                case GONE ->
                    execute(
                            postgres.database().connect(),
                            "select pg_terminate_backend(" + number(connection, "select pg_backend_pid()")
                                    + ", 10000)");
            }
        }
    }

    /** Payara hands it to others as it is; what they do must not wait for a commit. */
    @ParameterizedTest
    @CsvSource({"REFUSED, true", "CUT, true", "GONE, true", "GONE, false"})
    void commitsWhatIsDoneAfterATransactionThatFailedToEnd(Fault fault, boolean commits) throws SQLException {
        try (TestDatabase postgres = TestDatabase.postgres("");
                ConsumerConnections call = ConsumerConnections.begin("one")) {
            Connection connection = inTransaction(postgres);
            fault.strike(connection, call, postgres);
            assertThatThrownBy(commits ? connection::commit : connection::rollback)
                    .isInstanceOf(SQLException.class);

            update(connection, "update counter set n = n + 10");

            assertThat(counted(postgres)).isEqualTo(10);
            connection.setAutoCommit(false);
            update(connection, "update counter set n = n + 100");
            assertThat(counted(postgres)).isEqualTo(10);
            connection.commit();
            assertThat(counted(postgres)).isEqualTo(110);
        }
    }

    @Test
    void goesOnInTransactionsAfterWhatWasRefusedIsRolledBack() throws SQLException {
        try (TestDatabase postgres = TestDatabase.postgres("")) {
            Connection connection = inTransaction(postgres);
            long session = number(connection, "select pg_backend_pid()");
            update(connection, "insert into part values (1)");
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);

            connection.rollback();
            update(connection, "update counter set n = n + 10");

            assertThat(number(connection, "select pg_backend_pid()")).isEqualTo(session);
            assertThat(counted(postgres)).isZero();
            connection.commit();
            assertThat(counted(postgres)).isEqualTo(10);
        }
    }

    @Test
    void isInNoTransactionAfterCommitsAndRollbacksOutsideOfOne() throws SQLException {
        try (TestDatabase postgres = TestDatabase.postgres("")) {
            Connection connection = inTransaction(postgres);
            connection.setAutoCommit(true);
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
            assertThatThrownBy(connection::rollback).isInstanceOf(SQLException.class);

            update(connection, "update counter set n = n + 10");

            assertThat(counted(postgres)).isEqualTo(11);
        }
    }

    /** That counted once; a part without its whole is refused at the commit. */
    private static Connection inTransaction(TestDatabase postgres) throws SQLException {
        execute(
                postgres.database().connect(),
                "create table counter (n integer)",
                "insert into counter values (0)",
                "create table whole (id integer primary key)",
                "create table part (whole integer references whole deferrable initially deferred)");
        Connection connection = postgres.reconnecting().getConnection();
        connection.setAutoCommit(false);
        update(connection, "update counter set n = n + 1");
        return connection;
    }

    private static long counted(TestDatabase postgres) throws SQLException {
        try (Connection other = postgres.database().connect()) {
            return number(other, "select n from counter");
        }
    }

    @Test
    void endsTheSessionsOfACallThatIsGivenUpOutsideOfATransaction() throws Exception {
        try (TestDatabase postgres = TestDatabase.postgres("")) {
            Connection connection = postgres.reconnecting().getConnection();
            CountDownLatch begun = new CountDownLatch(1);
            AtomicReference<ConsumerConnections> call = new AtomicReference<>();
            CompletableFuture<SQLException> failure = CompletableFuture.supplyAsync(() -> {
                try (ConsumerConnections connections = ConsumerConnections.begin("one")) {
                    call.set(connections);
                    return failureOf(() -> ConsumerConnections.call(() -> {
                        number(connection, "select 1");
                        begun.countDown();
                        number(connection, "select 1 from pg_sleep(600)");
                    }));
                }
            });
            begun.await();
            await().until(() -> sleeping(postgres) == 1);

            call.get().abandon();

            assertThat((Throwable) failure.get(1, MINUTES)).hasMessageContaining("I/O error");
            await().until(() -> sleeping(postgres) == 0);
            assertThat(number(connection, "select 1")).as("of the next").isOne();
        }
    }

    /** The pool hands it to another, which shows with its next use. */
    @Test
    void cutsNoConnectionThatACallHasGivenBack() throws Exception {
        try (TestDatabase postgres = TestDatabase.postgres("");
                ConsumerConnections call = ConsumerConnections.begin("one")) {
            Connection connection = postgres.reconnecting().getConnection();
            number(connection, "select 1");

            boolean another = CompletableFuture.supplyAsync(() -> {
                        try (Statement statement = connection.createStatement();
                                ResultSet row = statement.executeQuery("select 1")) {
                            call.abandon();
                            return row.next() && statement.execute("select 2");
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .get(1, MINUTES);

            assertThat(another).isTrue();
        }
    }

    @Test
    void opensAnewWhatWasCutWhileItRestedInThePool() throws Exception {
        try (TestDatabase postgres = TestDatabase.postgres("")) {
            Connection connection = postgres.reconnecting().getConnection();
            try (ConsumerConnections call = ConsumerConnections.begin("one")) {
                number(connection, "select 1");
                call.abandon();
                assertThatThrownBy(() -> number(connection, "select 1")).hasMessageContaining("was cut");
            }
            assertThat(number(connection, "select 1")).isOne();
        }
    }

    @Test
    void opensNoMoreConnectionsThanItsLimit() throws SQLException {
        try (TestDatabase postgres = TestDatabase.postgres("");
                ConsumerConnections call = ConsumerConnections.begin("one")) {
            DataSource pool = postgres.reconnecting();
            List<Connection> open = new ArrayList<>();
            for (int i = 0; i < ConnectionLimit.CONNECTIONS; i++) {
                open.add(pool.getConnection());
                open.get(i).setAutoCommit(false);
                number(open.get(i), "select 1");
            }
            Connection tooMany = pool.getConnection();

            assertThatThrownBy(() -> number(tooMany, "select 1")).hasMessageContaining("all 40 database connections");
            open.get(0).commit();
            open.get(0).setAutoCommit(true);
            assertThat(number(tooMany, "select 1"))
                    .as("in the place of one that rests")
                    .isOne();
            assertThat(number(open.get(1), "select 1")).isOne();
            tooMany.setAutoCommit(false);
            number(tooMany, "select 1");
            assertThatThrownBy(() -> number(open.get(0), "select 1"))
                    .hasMessageContaining("all 40 database connections");
            call.abandonTransactions();
            assertThat(number(open.get(0), "select 1"))
                    .as("in the place of one that was cut")
                    .isOne();
            for (Connection connection : open) {
                connection.close();
            }
            tooMany.close();
        }
    }

    @Test
    void refusesACallItsThirdConnection() throws Exception {
        try (TestDatabase postgres = TestDatabase.postgres("");
                ConsumerConnections call = ConsumerConnections.begin("one")) {
            DataSource pool = postgres.reconnecting();
            Connection transaction = pool.getConnection();
            transaction.setAutoCommit(false);
            Connection second = pool.getConnection();
            Connection third = pool.getConnection();
            ConsumerConnections.call(() -> {
                number(transaction, "select 1");
                try (Statement open = second.createStatement()) {
                    assertThatThrownBy(() -> number(third, "select 1"))
                            .hasMessageContainingAll("consumer one", "already uses 2 database connections");
                    assertThat(open.execute("select 1")).isTrue();
                }
                assertThat(number(third, "select 1"))
                        .as("where the second rests")
                        .isOne();
            });
            try (Statement open = second.createStatement()) {
                assertThat(number(third, "select 1")).as("of the engine").isOne();
                assertThat(open.execute("select 1")).isTrue();
            }
            call.abandon();
            assertThat(number(pool.getConnection(), "select 1")).isOne();
            assertThatThrownBy(() -> ConsumerConnections.call(() -> number(pool.getConnection(), "select 1")))
                    .hasMessageContainingAll("consumer one", "was given up");
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static SQLException failureOf(Work work) {
        try {
            work.run();
            throw new AssertionError("it succeeded");
        } catch (SQLException e) {
            return e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static int sleeping(TestDatabase postgres) throws SQLException {
        try (Connection own = postgres.database().connect()) {
            return number(
                    own,
                    "select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'");
        }
    }

    private static void update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void finishesAMigrationThatTakesLongerThanAWriterMay() throws SQLException {
        try (TestDatabase postgres = TestDatabase.postgres("")) {
            execute(
                    postgres.database().connect(),
                    "create table public.waited (once boolean)",
                    """
                    create function wait_once() returns event_trigger language plpgsql as $$ begin
                        if not exists (select from public.waited) then
                            insert into public.waited values (true);
                            perform pg_sleep(9);
                        end if;
                    end $$""",
                    "create event trigger wait on ddl_command_start when tag in ('CREATE INDEX')"
                            + " execute function wait_once()");

            postgres.database().migrate();

            assertThat(schemasWith("delivery", postgres.database().connect())).containsExactly("mxhooks");
        }
    }

    private static DatabaseSettings ofRoleNamedAsOurSchema(TestDatabase postgres, String parameters)
            throws SQLException {
        String url = postgres.settings().url().replaceAll("\\?.*", "");
        String database = url.substring(url.lastIndexOf('/') + 1);
        execute(
                postgres.database().connect(),
                "do $$ begin create role mxhooks login superuser; exception when duplicate_object then null; end $$",
                "alter database %s owner to mxhooks".formatted(database));
        return new DatabaseSettings(url + parameters, Optional.of(OUR_NAME), Optional.empty(), false);
    }

    private static void execute(Connection own, String... statements) throws SQLException {
        try (Connection connection = own;
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Stream<String> schemasWith(String table, Connection own) throws SQLException {
        try (Connection connection = own;
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select table_schema from information_schema.tables where table_name = '%s'"
                                .formatted(table))) {
            Stream.Builder<String> schemas = Stream.builder();
            while (rows.next()) {
                schemas.add(rows.getString(1));
            }
            return schemas.build();
        }
    }
}
