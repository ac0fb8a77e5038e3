package org.mxhooks.retention;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.database.Sql;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Arrival;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.inbox.Receipt;
import org.mxhooks.operations.WorkFixture;
import org.mxhooks.operations.WorkState.Parked;

/** What retention promises on every supported database. */
@Tag("persistence")
abstract class RetentionSuite extends WorkFixture {

    private static final Duration NINETY_DAYS = Duration.ofDays(90);

    private BodyRetention retention;
    private Inbox failingInbox;

    @BeforeEach
    void begin() {
        retention = node(database.dataSource());
    }

    @Test
    void emptiesWhatIsOldAndLeavesWhatIsYoung() throws Exception {
        List<Long> old = work.arrive(5);
        List<Long> young = work.arrive(5);
        work.execute("update mxhooks.body set headers = '{\"host\":[\"hooks\"]}'");
        work.age(old.get(4), 91);
        work.age(old.get(1), 92);
        work.execute("update mxhooks.delivery set received_at = current_timestamp - interval '89' day"
                + " where position > " + old.get(4));

        run();

        assertThat(full()).isEqualTo(young);
        for (long each : old) {
            assertThat(inbox.at(each).orElseThrow().headers()).isEqualTo("{}");
        }
        for (long each : young) {
            assertThat(inbox.at(each).orElseThrow().headers()).contains("hooks");
        }
    }

    @Test
    void goesOnWhenTheYoungHaveBecomeOld() throws Exception {
        List<Long> all = work.arrive(10);
        work.age(all.get(3), 91);
        run();

        work.age(all.get(7), 91);
        run();

        assertThat(full()).isEqualTo(all.subList(8, 10));
    }

    @Test
    void goesOnBehindWhatIsDatedInTheFuture() throws Exception {
        List<Long> all = work.arrive(1_200);
        work.age(all.get(1_100), 91);
        work.execute("update mxhooks.delivery set received_at = current_timestamp + interval '365' day"
                + " where position between %s and %s or position between %s and %s"
                        .formatted(all.get(10), all.get(900), all.get(1_101), all.get(1_110)));

        run();

        assertThat(full()).isEqualTo(all.subList(1_101, 1_200));
    }

    @Test
    void takesManyDeliveriesInSmallSteps() throws Exception {
        work.age(last(work.arrive(1_200)), 91);

        assertThat(retention.step()).isTrue();
        assertThat(full()).hasSize(700);
        assertThat(retention.step()).isTrue();
        assertThat(full()).hasSize(200);
        assertThat(retention.step()).isTrue();
        assertThat(full()).isEmpty();
        assertThat(retention.step()).isFalse();
    }

    @Test
    void keepsWhatAnAbsentConsumerHasBeforeIt() throws Exception {
        List<Long> all = work.arrive(40);
        work.age(last(all), 91);
        work.register("current", last(all));
        work.register("absent", last(all));
        long unfinished = all.get(20);
        work.moveCursor("absent", work.laneOf(unfinished), unfinished - 1);

        run();
        assertThat(full()).isEqualTo(all.subList(20, 40));

        work.moveCursors("absent", last(all));
        run();
        assertThat(full()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void keepsParkedWorkAndEmptiesItOnceItIsGone(Parked how) throws Exception {
        List<Long> all = work.arrive(10);
        work.age(last(all), 91);
        work.register("one", last(all));
        work.register("other", last(all));
        long parked = all.get(4);
        work.park("one", parked, how);
        work.park("other", parked, Parked.DEAD);

        run();
        assertThat(full()).containsExactly(parked);

        work.execute("delete from mxhooks.parked where consumer = 'other'");
        run();
        assertThat(full()).containsExactly(parked);

        work.unpark(parked);
        run();
        assertThat(full()).isEmpty();
        assertThat(kept()).isEmpty();
    }

    @Test
    void comesRoundToEveryDeliveryThatWasKept() throws Exception {
        List<Long> all = work.arrive(1_200);
        work.age(last(all), 91);
        work.register("one", last(all));
        work.execute("""
                insert into mxhooks.parked (consumer, position, lane, replay, dead, attempts, unended, parked_at)
                select 'one', position, lane, false, true, 1, 0, current_timestamp from mxhooks.delivery""");
        run();
        assertThat(full()).isEqualTo(all);

        work.unpark(all.get(3));
        work.unpark(all.get(1_190));
        for (int i = 0; i < 4; i++) {
            run();
        }

        assertThat(full()).hasSize(1_198).doesNotContain(all.get(3), all.get(1_190));
        assertThat(kept()).isEqualTo(full());
    }

    @Test
    void neverEmptiesWhatCouldNotBeDecoded() throws Exception {
        List<Long> all = work.arrive(3);
        work.age(last(all), 91);
        work.makeUndecodable(all.get(1));

        run();

        assertThat(full()).containsExactly(all.get(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void emptiesWhatCouldNotBeDecodedOnceItIsDiscarded(boolean afterTheSweep) throws Exception {
        List<Long> all = work.arrive(3);
        work.age(last(all), 91);
        work.makeUndecodable(all.get(1));
        UUID delivery = inbox.at(all.get(1)).orElseThrow().delivery();
        if (afterTheSweep) {
            run();
        }

        assertThat(work.operator(database).discard(delivery, Optional.empty(), "operator", Optional.empty()))
                .isEqualTo(1);
        run();

        assertThat(full()).isEmpty();
        assertThat(kept()).isEmpty();
    }

    @Test
    void stillKnowsADuplicateOfWhatItEmptied() throws Exception {
        Arrival arrival = Arrivals.story(1, "again");
        Receipt first = receipt(arrival);
        work.age(inbox.head(), 91);
        run();
        assertThat(full()).isEmpty();

        assertThat(receipt(arrival)).isEqualTo(new Receipt.Duplicate(((Receipt.Accepted) first).delivery()));
    }

    @Test
    void leavesNoEventToAConsumerThatBeginsLater() throws Exception {
        Arrival arrival = Arrivals.story(1, "old");
        receipt(arrival);
        work.age(inbox.head(), 91);
        run();

        List<LogEntry> read = inbox.read(work.laneOf(inbox.head()), 0, 10, Long.MAX_VALUE);

        assertThat(read).singleElement().satisfies(delivery -> {
            assertThat(delivery.decodable()).isFalse();
            assertThat(delivery.body()).isEmpty();
        });
    }

    @Test
    void goesOnWhereAnotherNodeStopped() throws Exception {
        work.age(last(work.arrive(600)), 91);
        assertThat(retention.step()).isTrue();

        node(database.dataSource()).step();

        assertThat(full()).isEmpty();
    }

    @Test
    void losesNothingWhenTwoNodesRunIt() throws Exception {
        List<Long> all = work.arrive(3_000);
        work.age(last(all), 91);
        work.register("one", last(all));
        List<Long> parked = all.stream().filter(position -> position % 7 == 0).toList();
        for (long position : parked) {
            work.park("one", position, Parked.DEAD);
        }

        var nodes = List.of(runUntilSwept(last(all)), runUntilSwept(last(all)));

        nodes.forEach(node -> node.orTimeout(60, SECONDS).join());
        assertThat(full()).isEqualTo(parked);
        assertThat(kept()).isEqualTo(parked);
    }

    @Test
    void isNotHeldUpByANodeThatHasItsTurn() throws Exception {
        work.age(last(work.arrive(3)), 91);
        try (Connection other = database.database().connect()) {
            other.setAutoCommit(false);
            other.prepareStatement("select * from mxhooks.retention for update").executeQuery();

            assertThat(stepElsewhere().orTimeout(30, SECONDS).join()).isFalse();
            other.rollback();
        }

        run();
        assertThat(full()).isEmpty();
    }

    @Test
    void seesAReplayThatWasAskedForJustBeforeIt() throws Exception {
        List<Long> all = work.arrive(3);
        work.age(last(all), 91);
        work.register("one", last(all));
        CompletableFuture<Void> emptying;
        try (Connection asking = database.database().connect();
                PreparedStatement lock =
                        asking.prepareStatement("select position from mxhooks.body where position = ? for update");
                PreparedStatement park = asking.prepareStatement("""
                        insert into mxhooks.parked
                            (consumer, position, lane, replay, dead, attempts, unended, parked_at)
                        values ('one', ?, 0, true, false, 0, 0, current_timestamp)""")) {
            asking.setAutoCommit(false);
            lock.setLong(1, all.get(1));
            lock.executeQuery();
            emptying = runUntilSwept(last(all));
            await().atMost(Duration.ofSeconds(30)).until(database::someoneWaitsForALock);
            park.setLong(1, all.get(1));
            park.executeUpdate();
            asking.commit();
        }

        emptying.orTimeout(60, SECONDS).join();

        assertThat(full()).containsExactly(all.get(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"insert into mxhooks.retained_body", "delete from mxhooks.body", "update mxhooks.retention"})
    void leavesNothingHalfDoneWhenItFails(String statement) throws Exception {
        List<Long> all = work.arrive(10);
        work.age(last(all), 91);
        work.register("one", last(all));
        work.park("one", all.get(4), Parked.PARKED);
        BodyRetention failing = failingNode(statement);

        assertThatThrownBy(failing::step).hasMessage("failed on purpose");

        assertThat(full()).isEqualTo(all);
        assertThat(kept()).isEmpty();
        assertThat(swept()).isZero();
        run();
        assertThat(full()).containsExactly(all.get(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete from mxhooks.body", "delete from mxhooks.retained_body"})
    void forgetsNothingThatItKeptWhenItFails(String statement) throws Exception {
        List<Long> all = work.arrive(2);
        work.age(last(all), 91);
        work.register("one", last(all));
        work.park("one", all.get(1), Parked.PARKED);
        run();
        work.unpark(all.get(1));
        BodyRetention failing = failingNode(statement);

        assertThatThrownBy(failing::step).hasMessage("failed on purpose");

        assertThat(full()).containsExactly(all.get(1));
        assertThat(kept()).containsExactly(all.get(1));
        run();
        assertThat(full()).isEmpty();
    }

    private BodyRetention node(DataSource dataSource) {
        return node(dataSource, inbox);
    }

    /** One whose statements fail, those of the inbox too. */
    private BodyRetention failingNode(String statement) {
        DataSource failing = failingBefore(statement);
        failingInbox =
                new Inbox(database.database(), failing, Executors.defaultThreadFactory(), new SimpleMeterRegistry());
        return node(failing, failingInbox);
    }

    @AfterEach
    void closeFailingInbox() {
        if (failingInbox != null) {
            failingInbox.close();
        }
    }

    private BodyRetention node(DataSource dataSource, Inbox inboxOfNode) {
        return new BodyRetention(
                new Sql(dataSource),
                new Transaction(database.transaction(), Duration.ofSeconds(30)),
                inboxOfNode,
                Engine.of(dataSource),
                NINETY_DAYS);
    }

    private void run() throws Exception {
        for (int steps = 0; retention.step(); steps++) {
            assertThat(steps).isLessThan(100);
        }
    }

    private CompletableFuture<Boolean> stepElsewhere() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return retention.step();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private CompletableFuture<Void> runUntilSwept(long last) {
        BodyRetention node = node(database.dataSource());
        return CompletableFuture.runAsync(() -> {
            try {
                while (swept() < last) {
                    node.step();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private DataSource failingBefore(String statement) {
        return (DataSource) Proxy.newProxyInstance(
                RetentionSuite.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) ->
                        failingBefore(statement, database.dataSource().getConnection()));
    }

    private static Connection failingBefore(String statement, Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                RetentionSuite.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")
                            && ((String) arguments[0]).strip().startsWith(statement)) {
                        throw new SQLException("failed on purpose");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Receipt receipt(Arrival arrival) {
        return inbox.append(arrival)
                .toCompletableFuture()
                .orTimeout(30, SECONDS)
                .join();
    }

    private List<Long> full() throws Exception {
        return work.positions("select position from mxhooks.body order by position");
    }

    private List<Long> kept() throws Exception {
        return work.positions("select position from mxhooks.retained_body order by position");
    }

    private long swept() throws Exception {
        return work.positions("select cursor from mxhooks.retention").get(0);
    }

    private static long last(List<Long> positions) {
        return positions.get(positions.size() - 1);
    }
}
