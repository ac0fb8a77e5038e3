package org.mxhooks.dispatch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.DispatchLoop.Pace;
import org.mxhooks.dispatch.EffectLog.Effect;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.inbox.Arrival;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.inbox.Place;
import org.mxhooks.inbox.Receipt;
import org.mxhooks.operations.Operations;
import org.mxhooks.resilience.Turns;

/** Nodes, consumers and deliveries on a database of the test's own. */
abstract class DispatchFixture {

    private static final Pace PACE =
            new Pace(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(200), Duration.ZERO);

    /** Retries that a test can wait for. */
    RetryPolicy retry = new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofHours(1));

    Duration consumerTimeout = Duration.ofSeconds(30);

    Pace pace = PACE;

    final MeterRegistry meters = new SimpleMeterRegistry();

    private final List<AutoCloseable> nodes = new ArrayList<>();
    private TestDatabase database;
    private Inbox inbox;

    abstract TestDatabase database() throws SQLException;

    Inbox inbox(TestDatabase onDatabase) {
        return new Inbox(onDatabase.database(), onDatabase.dataSource(), Executors.defaultThreadFactory(), meters);
    }

    /** As usual, but with what is read of some categories noted. */
    final Inbox noting(TestDatabase onDatabase, BiConsumer<Place, List<LogEntry>> read) {
        return new Inbox(onDatabase.database(), onDatabase.dataSource(), Executors.defaultThreadFactory(), meters) {
            @Override
            public List<LogEntry> readOf(Collection<String> categories, Place beyond, int limit, long bytes)
                    throws SQLException {
                List<LogEntry> entries = super.readOf(categories, beyond, limit, bytes);
                read.accept(beyond, entries);
                return entries;
            }
        };
    }

    @BeforeEach
    void open() throws SQLException {
        database = database().migrated();
        inbox = inbox(database);
        EffectLog.createTable(database.dataSource());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable node : nodes) {
            node.close();
        }
        inbox.close();
        database.close();
    }

    final EffectLog consumer(String name) {
        return consumer(name, From.BEGINNING);
    }

    final EffectLog consumer(String name, From from) {
        return new EffectLog(name, from, database.dataSource());
    }

    final AutoCloseable node(EventConsumer... consumers) {
        return node(database.dataSource(), jta(), consumers);
    }

    /** A node that runs until it is closed, or the test ends. */
    final AutoCloseable node(DataSource dataSource, UserTransaction jta, EventConsumer... consumers) {
        return node(dataSource, jta, Executors.defaultThreadFactory(), consumers);
    }

    /** As above, on threads of the caller's. */
    final AutoCloseable node(
            DataSource dataSource, UserTransaction jta, ThreadFactory threads, EventConsumer... consumers) {
        return node(dataSource, jta, threads, () -> List.of(consumers));
    }

    /** As above, whose consumers may change. */
    final AutoCloseable node(ConsumerSource... sources) {
        return node(database.dataSource(), jta(), Executors.defaultThreadFactory(), sources);
    }

    private AutoCloseable node(
            DataSource dataSource, UserTransaction jta, ThreadFactory threads, ConsumerSource... sources) {
        NodeContext context = context(dataSource, jta, threads);
        Roster roster = new Roster(List.of(sources), consumer -> new ConsumerCoordinator(context, limits(), consumer));
        DispatchLoop node = new DispatchLoop(database.database(), context, roster, threads, pace);
        nodes.add(node);
        node.start();
        return node;
    }

    private NodeContext context(DataSource dataSource, UserTransaction jta, ThreadFactory threads) {
        UUID id = UUID.randomUUID();
        Sql sql = new Sql(dataSource);
        return new NodeContext(
                id,
                inbox,
                sql,
                jta,
                new Turns(threads),
                meters,
                CallStores.of(database.database(), id, inbox, sql, jta));
    }

    /** Of a node that has no loop: a test does what its turns would. */
    final NodeContext context() {
        return context(database.dataSource(), jta(), Executors.defaultThreadFactory());
    }

    final Limits limits() {
        return new Limits(consumerTimeout, consumerTimeout, false, retry);
    }

    final Inbox inbox() {
        return inbox;
    }

    final DataSource dataSource() {
        return database.dataSource();
    }

    final boolean someoneWaitsForALock() throws SQLException {
        return database.someoneWaitsForALock();
    }

    final UserTransaction jta() {
        return database.transaction();
    }

    final Transaction transaction() {
        return new Transaction(jta(), Duration.ofSeconds(20));
    }

    final Sql sql() {
        return new Sql(database.dataSource());
    }

    final Operations operator() {
        return Operations.of(dataSource(), jta(), inbox, Engine.of(dataSource()));
    }

    final void arrive(int howMany) {
        for (int i = 0; i < howMany; i++) {
            arrive(i % 9, UUID.randomUUID().toString());
        }
    }

    final UUID arrive(long storyId, String name) {
        Receipt receipt = receiptOf(Arrivals.withIdentity(
                Arrivals.story(storyId, name), UUID.randomUUID().toString()));
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        return ((Receipt.Accepted) receipt).delivery();
    }

    final Receipt receiptOf(Arrival arrival) {
        return appended(arrival).orTimeout(30, SECONDS).join();
    }

    final CompletableFuture<Receipt> appended(Arrival arrival) {
        return inbox.append(arrival).toCompletableFuture();
    }

    static void assertOnceAndInOrder(EffectLog consumer) {
        List<Effect> effects = consumer.effects();
        assertThat(effects).doesNotHaveDuplicates();
        Map<Long, List<Long>> positionsOfStory =
                effects.stream().collect(groupingBy(Effect::storyId, mapping(Effect::position, toList())));
        assertThat(positionsOfStory.values())
                .allSatisfy(positions -> assertThat(positions).isSorted());
    }

    final void expireLeases() throws SQLException {
        execute("update mxhooks.node set lease_until = current_timestamp - interval '1' second");
    }

    /** As if another node had claimed every lane and died. */
    final void takeLanesAway(String which) throws SQLException {
        execute("update mxhooks.lane set owner = null, token = token + 1 where " + which);
    }

    final void execute(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }

    final long cursorOf(String consumer, long storyId) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        select l.cursor from mxhooks.lane l where consumer = ?
                        and lane = (select max(lane) from mxhooks.delivery where resource_id = ?)""")) {
            select.setString(1, consumer);
            select.setString(2, Long.toString(storyId));
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    static long storyInLane(int lane) {
        return LongStream.iterate(1, id -> id + 1)
                .filter(id -> Arrivals.laneOf(Arrivals.story(id, "")) == lane)
                .findFirst()
                .orElseThrow();
    }

    static long anotherStoryInTheLaneOf(long story) {
        int lane = Arrivals.laneOf(Arrivals.story(story, ""));
        return LongStream.iterate(story + 1, id -> id + 1)
                .filter(id -> Arrivals.laneOf(Arrivals.story(id, "")) == lane)
                .findFirst()
                .orElseThrow();
    }

    /** Waits until a node has claimed the lanes of a consumer. */
    final void awaitClaims(String consumer) {
        eventually()
                .until(() ->
                        sql().exists("select 1 from mxhooks.lane where owner is not null and consumer = ?", consumer));
    }

    /** What is parked of a consumer, in the log's order. */
    final List<Parked> parked(String consumer) {
        try {
            return sql().query(
                            """
                            select d.delivery, p.dead, p.replay, p.attempts, p.due is not null as due, p.reason, p.message
                            from mxhooks.parked p join mxhooks.delivery d on d.position = p.position
                            where p.consumer = ? order by p.position""",
                            row -> new Parked(
                                    row.getObject(1, UUID.class),
                                    row.getBoolean(2),
                                    row.getBoolean(3),
                                    row.getInt(4),
                                    row.getBoolean(5),
                                    Optional.ofNullable(row.getString(6)),
                                    Optional.ofNullable(row.getString(7))),
                            consumer);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A parked row. */
    record Parked(
            UUID delivery,
            boolean dead,
            boolean replay,
            int attempts,
            boolean due,
            Optional<String> reason,
            Optional<String> message) {}
}
