package org.mxhooks.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.Database;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.process.harness.LossyNetwork;
import org.mxhooks.settings.DatabaseSettings;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

class InboxPostgresIT extends InboxSuite {

    /** Then the driver sends a statement by its name. */
    private static final int EXECUTIONS_BEFORE_PREPARED = 6;

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }

    @Override
    Connection unlimited() throws SQLException {
        return DriverManager.getConnection(current().settings().url(), "postgres", "");
    }

    @Test
    void repeatsAGroupThatDeadlocks() throws Exception {
        CompletionStage<Receipt> waiting;
        try (Connection other = current().database().connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("set local deadlock_timeout = '1min'");
            Arrival arrival = Arrivals.story(1, "contended");
            statement.execute("""
                    insert into mxhooks.delivery (position, delivery, endpoint, scheme, identity, received_at, lane, category,
                        action)
                    values (-1, gen_random_uuid(), 'default', 'projects', '\\x%s', now(), 0, '', '')""".formatted(HexFormat.of().formatHex(Arrivals.identityInLog(arrival))));
            waiting = inbox().append(arrival);
            await().until(() -> waitsForALock(statement));
            statement.execute("select id from mxhooks.log_head for update");
            other.rollback();
        }

        assertThat(receipt(waiting)).isInstanceOf(Receipt.Accepted.class);
    }

    /** A statement of its own reads what was committed while the one before it waited. */
    @Test
    void countsOnFromWhatWasWrittenWhileItWaitedWhateverTheDatabasesDefaultIs() throws Exception {
        try (Connection other = unlimited();
                Statement statement = other.createStatement()) {
            statement.execute(
                    "alter database " + other.getCatalog() + " set default_transaction_isolation = 'serializable'");
            statement.execute("select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
            other.setAutoCommit(false);
            statement.execute("set transaction isolation level read committed");
            statement.execute("select id from mxhooks.log_head for update");
            CompletionStage<Receipt> waiting = inbox().append(Arrivals.story(1, "waits"));
            await().until(() -> waitsForALock(statement));
            statement.execute("""
                    insert into mxhooks.delivery (position, delivery, endpoint, scheme, identity, received_at, lane, category,
                        action)
                    values (7, gen_random_uuid(), 'default', 'projects', sha256(''), now(), 0, '', '')""");
            other.commit();

            assertThat(receipt(waiting)).isInstanceOf(Receipt.Accepted.class);
        }
        assertThat(inbox().head()).isEqualTo(8);
    }

    /** SQLSTATE 54000: an index entry is too long, for example. */
    @Test
    void keepsAGroupButTheOneThatMeetsALimitOfTheDatabase() throws Exception {
        CompletionStage<Receipt> good;
        CompletionStage<Receipt> bad;
        try (Connection other = unlimited();
                Statement statement = other.createStatement()) {
            statement.execute("""
                    create function refuse() returns trigger language plpgsql as $$ begin
                        if new.endpoint = 'odd' then raise exception 'too long' using errcode = '54000'; end if;
                        return new;
                    end $$""");
            statement.execute(
                    "create trigger refuse before insert on mxhooks.delivery for each row execute function refuse()");
            other.setAutoCommit(false);
            statement.execute("select id from mxhooks.log_head for update");
            bad = inbox().append(Arrivals.of("odd", 1, new byte[0]));
            good = inbox().append(Arrivals.story(1, "beside"));
            other.rollback();
        }

        assertThat(receipt(bad)).isEqualTo(new Receipt.Unavailable("the database refuses the delivery"));
        assertThat(receipt(good)).isInstanceOf(Receipt.Accepted.class);
    }

    @Test
    void waitsNoLongForANodeThatStandsStillInsideItsTransaction() throws Exception {
        try (Connection still = current().database().connect();
                Statement statement = still.createStatement()) {
            still.setAutoCommit(false);
            statement.execute("select id from mxhooks.log_head for update");

            assertThat(receipt(inbox().append(Arrivals.story(1, "beside")))).isInstanceOf(Receipt.Accepted.class);
        }
    }

    /** A copy that never ends keeps its session active, as a stopped process does in the middle of a batch. */
    @Test
    void endsASessionThatHoldsTheHeadInTheMiddleOfABatch() throws Exception {
        Connection stopped = unlimited();
        try (Statement statement = stopped.createStatement()) {
            stopped.setAutoCommit(false);
            statement.execute("set local idle_in_transaction_session_timeout = '1s'");
            statement.execute("create temporary table batch (line text)");
            statement.execute("select id from mxhooks.log_head for update");
            CopyIn batch = stopped.unwrap(PGConnection.class).getCopyAPI().copyIn("copy batch from stdin");

            assertThat(receipt(inbox().append(Arrivals.story(1, "beside")))).isInstanceOf(Receipt.Accepted.class);
            assertThatThrownBy(batch::endCopy).isInstanceOf(SQLException.class);
        } finally {
            stopped.abort(Runnable::run);
        }
    }

    /** Two others wait in front of the inbox behind a head that is held for long; the first gets it at last. */
    @Test
    void endsNoSessionThatHasOnlyWaitedForLong() throws Exception {
        try (Connection holder = unlimited();
                Connection first = unlimited();
                Connection second = unlimited();
                Connection watch = unlimited()) {
            holder.setAutoCommit(false);
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            holder.createStatement().execute("select id from mxhooks.log_head for update");
            CompletableFuture<Void> next = CompletableFuture.runAsync(() -> turn(first, 15));
            await().until(() -> waitFor(watch, 1, Duration.ZERO));
            CompletableFuture<Void> last = CompletableFuture.runAsync(() -> turn(second, 0));
            await().until(() -> waitFor(watch, 2, Duration.ZERO));
            CompletionStage<Receipt> receipt = inbox().append(Arrivals.story(1, "behind"));
            await().until(() -> waitFor(watch, 3, Duration.ofMillis(4500)));
            holder.commit();

            assertThat(next).succeedsWithin(SOON);
            assertThat(last).succeedsWithin(SOON);
            assertThat(receipt(receipt)).isInstanceOf(Receipt.Accepted.class);
        }
    }

    /** Gets the head, and works on for so many tenths of a second. */
    private static void turn(Connection own, int tenths) {
        try (Statement statement = own.createStatement()) {
            statement.execute("select id from mxhooks.log_head for update");
            for (int i = 0; i < tenths; i++) {
                statement.execute("select pg_sleep(0.1)");
            }
            own.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean waitFor(Connection connection, int sessions, Duration since) throws SQLException {
        try (PreparedStatement waiting = connection.prepareStatement("""
                select count(*) >= ? from pg_stat_activity where datname = current_database()
                and wait_event_type = 'Lock' and query_start <= clock_timestamp() - make_interval(secs => ?)""")) {
            waiting.setInt(1, sessions);
            waiting.setDouble(2, since.toMillis() / 1e3);
            try (ResultSet row = waiting.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** It waits for the head, then for the rest of its group, which a slow network has not brought yet. */
    @Test
    void endsNoSessionThatHasJustGotTheHeadWhileItsGroupArrives() throws Exception {
        try (Connection holder = unlimited();
                Connection watch = unlimited();
                LossyNetwork network = new LossyNetwork(port(watch));
                LogWriter slow = new LogWriter(unlimited(through(network)))) {
            for (int i = 0; i < EXECUTIONS_BEFORE_PREPARED; i++) {
                slow.append(List.of(LogRow.of(Arrivals.story(1, "prepares " + i))));
            }
            holder.setAutoCommit(false);
            holder.createStatement().execute("select id from mxhooks.log_head for update");
            network.goDownWithin("of-a-slow-network".getBytes(UTF_8));
            CompletableFuture<Boolean> arrives = CompletableFuture.supplyAsync(
                    () -> appends(slow, Arrivals.of("of-a-slow-network", 1, new byte[0])));
            await().until(() -> waitFor(watch, 1, Database.LOCK_TIMEOUT));
            holder.commit();
            await().until(() -> exists(watch, "state = 'active' and wait_event = 'ClientRead'"));

            watch.setAutoCommit(false);
            HeadHolders.end(watch);

            network.comeUp();
            assertThat(arrives).succeedsWithin(SOON).isEqualTo(true);
        }
    }

    private static boolean appends(LogWriter writer, Arrival arrival) {
        try {
            return writer.append(List.of(LogRow.of(arrival))).entries().size() == 1;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that waits as long as it takes. */
    private static Database unlimited(DatabaseSettings settings) {
        return new Database(settings) {
            @Override
            public Connection connectPlanningOnce() throws SQLException {
                Connection connection = super.connectPlanningOnce();
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set lock_timeout = 0; set transaction_timeout = 0");
                }
                return connection;
            }
        };
    }

    private static int port(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('port')::int")) {
            row.next();
            return row.getInt(1);
        }
    }

    private DatabaseSettings through(LossyNetwork network) {
        DatabaseSettings direct = current().settings();
        String url = direct.url().replaceFirst(":\\d+/", ":" + network.port() + "/") + "&socketTimeout=0";
        return new DatabaseSettings(url, direct.user(), direct.password(), false);
    }

    /** Whether there is such a session. */
    private static boolean exists(Connection connection, String condition) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet session = statement.executeQuery(
                        "select 1 from pg_stat_activity where datname = current_database() and " + condition)) {
            return session.next();
        }
    }

    @Test
    void acceptsOnceWhatWasCommittedWithoutAnAnswer() throws Exception {
        LostAnswers lost = new LostAnswers();
        try (Inbox node = inbox(losing(lost))) {
            lost.lose(1);

            assertThat(receipt(node.append(Arrivals.story(1, "unanswered")))).isInstanceOf(Receipt.Accepted.class);

            assertThat(lost.left()).isZero();
            assertThat(inbox().head()).isOne();
            assertThat(receipt(node.append(Arrivals.story(1, "after")))).isInstanceOf(Receipt.Accepted.class);
            assertThat(inbox().head()).isEqualTo(2);
        }
    }

    @Test
    void refusesWhatNoConnectionCommits() throws Exception {
        LostAnswers lost = new LostAnswers();
        try (Inbox node = inbox(losing(lost))) {
            lost.lose(2);

            assertThat(receipt(node.append(Arrivals.story(1, "unanswered")))).isInstanceOf(Receipt.Unavailable.class);
            assertThat(receipt(node.append(Arrivals.story(1, "unanswered")))).isInstanceOf(Receipt.Duplicate.class);
            assertThat(inbox().head()).isOne();
        }
    }

    private Database losing(LostAnswers lost) {
        return new Database(current().settings()) {
            @Override
            public Connection connectPlanningOnce() throws SQLException {
                return lost.of(super.connectPlanningOnce());
            }
        };
    }

    private Inbox inbox(Database database) {
        database.open();
        return new Inbox(database, current().dataSource(), Executors.defaultThreadFactory(), new SimpleMeterRegistry());
    }

    /** The driver may be told to fetch rows in pieces, which a transaction that has ended cannot. */
    @Test
    void knowsManyDuplicatesWhateverTheFetchSizeIs() throws Exception {
        DatabaseSettings direct = current().settings();
        DatabaseSettings inPieces =
                new DatabaseSettings(direct.url() + "&defaultRowFetchSize=1", direct.user(), direct.password(), false);
        try (Inbox node = inbox(new Database(inPieces))) {
            Receipt first = receipt(node.append(Arrivals.story(1, "again")));

            assertThat(receipt(node.append(Arrivals.story(1, "again"))))
                    .isEqualTo(new Receipt.Duplicate(((Receipt.Accepted) first).delivery()));
        }
    }

    @Test
    void writesAgainAfterItsConnectionWasCut() throws Exception {
        assertThat(receipt(inbox().append(Arrivals.story(1, "before")))).isInstanceOf(Receipt.Accepted.class);
        try (Connection other = current().database().connect();
                Statement statement = other.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        }

        await().untilAsserted(() -> assertThat(receipt(inbox().append(Arrivals.story(1, "after"))))
                .isNotInstanceOf(Receipt.Unavailable.class));
    }

    @Test
    void refusesNobodyForAConnectionThatWasCutWhileItRested() throws Exception {
        assertThat(receipt(inbox().append(Arrivals.story(1, "before")))).isInstanceOf(Receipt.Accepted.class);
        long rested = System.nanoTime();
        try (Connection other = current().database().connect();
                Statement statement = other.createStatement()) {
            statement.execute("select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        }
        await().until(() -> System.nanoTime() - rested > Duration.ofSeconds(2).toNanos());

        assertThat(receipt(inbox().append(Arrivals.story(1, "after")))).isInstanceOf(Receipt.Accepted.class);
    }

    /** As where a page of the table is damaged: else no lane of any consumer would go on. */
    @Test
    void looksForTheLastDeliveryBehindOneThatCannotBeRead() throws Exception {
        receipt(inbox().append(Arrivals.story(1, "before")));
        await().until(() -> !inbox().tail(0).byLane().isEmpty());
        inbox().last();
        Arrival damaged = Arrivals.story(1, "damaged");
        Arrival good = Arrivals.story(2, "good");
        try (Inbox other = inbox(new Database(current().settings()))) {
            receipt(other.append(damaged));
            receipt(other.append(good));
        }
        try (Connection connection = current().database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("alter table mxhooks.body rename to damaged_body");
            statement.execute("""
                    create view mxhooks.body as select position, headers,
                        case position when 2 then convert_to((1 / (position - 2))::text, 'UTF8') else bytes end as bytes
                    from mxhooks.damaged_body""");
        }

        assertThat(inbox().last()).containsOnlyKeys(3L);

        assertThat(inbox().recent(new Place(good.lane(), 0), 10, Long.MAX_VALUE))
                .isEmpty();
        assertThat(inbox().read(good.lane(), 0, 10, Long.MAX_VALUE))
                .extracting(LogEntry::position)
                .containsExactly(3L);
        assertThatThrownBy(() -> inbox().read(damaged.lane(), 1, 10, Long.MAX_VALUE))
                .isInstanceOf(SQLException.class);
    }

    private static boolean waitsForALock(Statement statement) throws SQLException {
        try (var rows = statement.executeQuery("select 1 from pg_stat_activity"
                + " where datname = current_database() and wait_event_type = 'Lock'")) {
            return rows.next();
        }
    }
}
