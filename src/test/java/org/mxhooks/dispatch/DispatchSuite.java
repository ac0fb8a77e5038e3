package org.mxhooks.dispatch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.dispatch.EffectLog.Effect;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.Receipt;

/** What dispatch promises on every supported database. */
abstract class DispatchSuite {

    private final List<AutoCloseable> nodes = new ArrayList<>();
    private TestDatabase database;
    private Inbox inbox;

    abstract TestDatabase database() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        database = database().migrated();
        inbox = new Inbox(database.database(), database.dataSource(), Executors.defaultThreadFactory());
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

    @Test
    void notifiesOfEveryDeliveryOnceAndInOrder() {
        EffectLog consumer = consumer("one", From.BEGINNING);
        arrive(60);
        node(consumer);
        arrive(140);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(200));
        assertOnceAndInOrder(consumer);
    }

    @Test
    void startsANewConsumerWhereItAsks() {
        arrive(10);
        EffectLog fromEnd = consumer("from-end", From.END);
        EffectLog fromBeginning = consumer("from-beginning", From.BEGINNING);
        node(fromEnd, fromBeginning);
        eventually().untilAsserted(() -> assertThat(fromBeginning.effects()).hasSize(10));

        arrive(5);

        eventually().untilAsserted(() -> assertThat(fromEnd.effects()).hasSize(5));
        eventually().untilAsserted(() -> assertThat(fromBeginning.effects()).hasSize(15));
    }

    @Test
    void goesOnAfterARestartWhereItStood() throws Exception {
        EffectLog consumer = consumer("one", From.BEGINNING);
        AutoCloseable first = node(consumer);
        arrive(20);
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(20));
        first.close();
        arrive(20);

        node(consumer);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(40));
        assertOnceAndInOrder(consumer);
    }

    @Test
    void passesOverWhatAConsumerDoesNotWant() {
        EffectLog consumer = consumer("one", From.BEGINNING);
        node(consumer);
        arrive(1, "unwanted");
        arrive(1, "wanted");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        long wanted = consumer.effects().get(0).position();

        arrive(1, "unwanted");
        eventually().until(() -> cursorOf("one", 1) > wanted);
    }

    @Test
    void rollsBackTheEffectOfAFailureAndRepeatsIt() {
        EffectLog consumer = consumer("one", From.BEGINNING).failingOn("poison");
        node(consumer);
        arrive(1, "poison");
        arrive(1, "behind it");
        arrive(2, "another lane");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        assertThat(consumer.effects()).extracting(Effect::storyId).containsExactly(2L);

        consumer.mend();

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(3));
        assertOnceAndInOrder(consumer);
    }

    @Test
    void leavesOtherConsumersAloneWhenOneFails() {
        EffectLog failing = consumer("failing", From.BEGINNING).failingOn("poison");
        EffectLog healthy = consumer("healthy", From.BEGINNING);
        node(failing, healthy);
        arrive(1, "poison");
        arrive(1, "behind it");

        eventually().untilAsserted(() -> assertThat(healthy.effects()).hasSize(2));
        assertThat(failing.effects()).isEmpty();
    }

    @Test
    void givesALaneToOneNode() throws Exception {
        LaneTable one = registered("shared");
        LaneTable other = registered("shared");
        one.claim("shared", Inbox.LANES);
        other.claim("shared", Inbox.LANES);

        assertThat(one.held("shared")).hasSize(Inbox.LANES);
        assertThat(other.held("shared")).isEmpty();

        one.releaseAll();
        other.claim("shared", 20);

        assertThat(other.held("shared")).hasSize(20);
        assertThat(one.held("shared")).isEmpty();
    }

    @Test
    void sharesLanesAmongTheNodesThatHaveTheConsumer() throws Exception {
        LaneTable one = registered("shared");
        assertThat(one.fairShare("shared")).isEqualTo(Inbox.LANES);

        LaneTable other = registered("shared");
        assertThat(one.fairShare("shared")).isEqualTo(Inbox.LANES / 2);
        registered("another");
        assertThat(one.fairShare("shared")).isEqualTo(Inbox.LANES / 2);
        registered("shared");
        assertThat(one.fairShare("shared")).isEqualTo(11);

        other.releaseAll();
        assertThat(one.fairShare("shared")).isEqualTo(Inbox.LANES / 2);
    }

    @Test
    void refusesTheCursorOfANodeThatWasPresumedDead() throws Exception {
        LaneTable stalled = registered("shared");
        stalled.claim("shared", 1);
        LaneClaim claim = stalled.held("shared").get(0);
        expireLeases();
        LaneTable successor = registered("shared");
        successor.claim("shared", Inbox.LANES);
        LaneClaim taken = successor.held("shared").stream()
                .filter(each -> each.lane() == claim.lane())
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> stalled.advance(claim, 7)).isInstanceOf(LaneLost.class);
        assertThatThrownBy(() -> stalled.lock(claim)).isInstanceOf(LaneLost.class);
        successor.advance(taken, 7);
        assertThatThrownBy(() -> successor.advance(taken, 7)).as("again").isInstanceOf(LaneLost.class);
        assertThat(stalled.held("shared")).isEmpty();
    }

    @Test
    void keepsALeaseThatIsRenewed() throws Exception {
        LaneTable owner = registered("shared");
        owner.claim("shared", Inbox.LANES);
        List<LaneClaim> claimed = owner.held("shared");
        expireLeases();
        owner.renew("shared");
        registered("shared").claim("shared", Inbox.LANES);

        assertThat(owner.held("shared")).containsExactlyInAnyOrderElementsOf(claimed);
    }

    @Test
    void doublesNothingWhileTwoNodesTakeLanesFromEachOther() throws Exception {
        EffectLog consumer = consumer("one", From.BEGINNING);
        node(consumer);
        node(consumer);
        for (int i = 0; i < 10; i++) {
            arrive(30);
            takeLanesAway("true");
        }

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(300));
        assertOnceAndInOrder(consumer);
    }

    @Test
    void takesBackASingleLaneThatItLost() throws Exception {
        EffectLog consumer = consumer("one", From.BEGINNING);
        node(consumer);
        arrive(1, "before");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        takeLanesAway("lane = (select max(lane) from mxhooks.delivery)");

        arrive(1, "after");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(2));
    }

    @Test
    void doublesNothingWhenTheAnswerToACommitIsLost() {
        EffectLog consumer = consumer("one", From.BEGINNING);
        AtomicInteger answersToLose = new AtomicInteger(2);
        node(losingAnswers(database.transaction(), answersToLose), consumer);
        arrive(1, "first");
        arrive(1, "second");
        arrive(1, "third");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSizeGreaterThanOrEqualTo(3));
        assertThat(answersToLose).hasValue(0);
        assertOnceAndInOrder(consumer);
    }

    private EffectLog consumer(String name, From from) {
        return new EffectLog(name, from, database.dataSource());
    }

    private AutoCloseable node(Consumer... consumers) {
        return node(database.transaction(), consumers);
    }

    private AutoCloseable node(UserTransaction jta, Consumer... consumers) {
        LaneTable table = laneTable();
        List<Follower> followers = Arrays.stream(consumers)
                .map(consumer -> new Follower(attempts(consumer, table, jta), Executors.defaultThreadFactory()))
                .toList();
        Dispatcher node =
                new Dispatcher(database.database(), inbox, table, followers, Executors.defaultThreadFactory());
        nodes.add(node);
        node.start();
        return node;
    }

    private Attempts attempts(Consumer consumer, LaneTable table, UserTransaction jta) {
        return new Attempts(
                consumer,
                inbox,
                table,
                new ParkedTable(new Sql(database.dataSource())),
                new Transaction(jta, Duration.ofSeconds(20)),
                new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofHours(1)),
                new Watch(consumer.name(), Duration.ofSeconds(30), false));
    }

    private LaneTable laneTable() {
        return new LaneTable(new Sql(database.dataSource()), UUID.randomUUID());
    }

    /** As when the connection breaks after the database committed: nobody can know. */
    private static UserTransaction losingAnswers(UserTransaction jta, AtomicInteger howMany) {
        return (UserTransaction) Proxy.newProxyInstance(
                DispatchSuite.class.getClassLoader(),
                new Class<?>[] {UserTransaction.class},
                (proxy, method, arguments) -> {
                    Object result = method.invoke(jta, arguments);
                    boolean notified = method.getName().equals("commit")
                            && Thread.currentThread().getName().startsWith("pool");
                    if (notified && howMany.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new SystemException("the answer to the commit was lost on purpose");
                    }
                    return result;
                });
    }

    private LaneTable registered(String consumer) throws Exception {
        LaneTable table = laneTable();
        register(table, consumer);
        return table;
    }

    private void register(LaneTable table, String consumer) throws Exception {
        new Transaction(database.transaction(), Duration.ofSeconds(20))
                .run(() -> table.register(consumer, From.BEGINNING));
    }

    private void arrive(int howMany) {
        for (int i = 0; i < howMany; i++) {
            arrive(i % 9, UUID.randomUUID().toString());
        }
    }

    private void arrive(long storyId, String name) {
        var arrival = Arrivals.story(storyId, name);
        var unique = Arrivals.withIdentity(arrival, UUID.randomUUID().toString());
        assertThat(inbox.append(unique)
                        .toCompletableFuture()
                        .orTimeout(30, SECONDS)
                        .join())
                .isInstanceOf(Receipt.Accepted.class);
    }

    private static void assertOnceAndInOrder(EffectLog consumer) {
        List<Effect> effects = consumer.effects();
        assertThat(effects).doesNotHaveDuplicates();
        Map<Long, List<Long>> positionsOfStory =
                effects.stream().collect(groupingBy(Effect::storyId, mapping(Effect::position, toList())));
        assertThat(positionsOfStory.values())
                .allSatisfy(positions -> assertThat(positions).isSorted());
    }

    private void expireLeases() throws SQLException {
        execute("update mxhooks.lane set lease_until = current_timestamp - interval '1' second");
    }

    /** As if another node had claimed every lane and died. */
    private void takeLanesAway(String which) throws SQLException {
        execute("update mxhooks.lane set owner = null, token = token + 1 where " + which);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }

    private long cursorOf(String consumer, long storyId) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        select l.position from mxhooks.lane l where consumer = ?
                        and lane = (select max(lane) from mxhooks.delivery where resource_id = ?)""")) {
            select.setString(1, consumer);
            select.setLong(2, storyId);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }
}
