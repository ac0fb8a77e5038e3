package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.dispatch.DispatchLoop.Pace;
import org.mxhooks.dispatch.EffectLog.Effect;
import org.mxhooks.event.TryLater;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.Place;

/** Each consumer alone: what one holds, or has behind it, is no other's concern; on every supported database. */
@Tag("persistence")
abstract class CrowdSuite extends DispatchFixture {

    private static final long MILLISECONDS = 1_000_000;

    /** More than there are permits, each with a connection in a transaction. */
    @Test
    void servesAConsumerBesideManyThatHang() throws Exception {
        consumerTimeout = Duration.ofMinutes(10);
        CountDownLatch end = new CountDownLatch(1);
        List<EventConsumer> consumers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            consumers.add(consumer("hanging " + i).on("hang", event -> end.await()));
        }
        EffectLog healthy = consumer("healthy");
        consumers.add(healthy);
        node(consumers.toArray(EventConsumer[]::new));
        for (int lane = 0; lane < 4; lane++) {
            arrive(storyInLane(lane), "hang");
        }

        for (int round = 1; round <= 3; round++) {
            int expected = 4 + round;
            arrive(storyInLane(5), "round " + round);
            eventually().untilAsserted(() -> assertThat(healthy.effects()).hasSize(expected));
        }

        assertThat(operator().backlog("hanging 0")).isPresent();
        assertThat(meters.find("mxhooks.consumer.outcomes").counters()).isNotEmpty();
        end.countDown();
    }

    /** Given up, they hold more connections than a node opens, outside of transactions. */
    @Test
    void servesAConsumerBesideManyThatHangWithAnOpenResultSet() throws Exception {
        consumerTimeout = Duration.ofSeconds(1);
        retry = new RetryPolicy(Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofHours(1));
        int each = 7;
        CountDownLatch end = new CountDownLatch(1);
        List<EventConsumer> consumers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            consumers.add(consumer("hanging " + i).outsideTransactions().on("hang", event -> holdRows(end)));
        }
        EffectLog healthy = consumer("healthy");
        consumers.add(healthy);
        node(consumers.toArray(EventConsumer[]::new));
        for (int lane = 0; lane < each; lane++) {
            arrive(storyInLane(lane), "hang");
        }
        eventually()
                .until(() -> sql().exists(
                                "select 1 from mxhooks.parked where consumer like 'hanging%' having count(*) = "
                                        + 6 * each));

        for (int round = 1; round <= 3; round++) {
            int expected = each + round;
            arrive(storyInLane(20), "round " + round);
            eventually().untilAsserted(() -> assertThat(healthy.effects()).hasSize(expected));
        }

        assertThat(operator().backlog("hanging 0")).isPresent();
        end.countDown();
    }

    private void holdRows(CountDownLatch end) throws Exception {
        TransactionManager transactions = com.arjuna.ats.jta.TransactionManager.transactionManager();
        Transaction suspended = transactions.suspend();
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            end.await();
            rows.next();
        } finally {
            transactions.resume(suspended);
        }
    }

    @Test
    void givesEachLaneOfABacklogItsTurn() throws Exception {
        EffectLog slow = consumer("slow").on("slow", event -> LockSupport.parkNanos(20 * MILLISECONDS));
        for (int event = 0; event < 40; event++) {
            for (int lane = 0; lane < 12; lane++) {
                arrive(storyInLane(lane), "slow");
            }
        }
        arrive(storyInLane(31), "last");

        node(slow);

        eventually().untilAsserted(() -> assertThat(slow.effects()).hasSize(481));
        List<Long> stories = slow.effects().stream().map(Effect::storyId).toList();
        assertThat(stories.indexOf(storyInLane(31)))
                .as("before the backlog of half the lanes is done")
                .isLessThan(6 * 40);
    }

    @Test
    void retriesWhileManyReplaysWait() throws Exception {
        EffectLog consumer = consumer("one").failingOn("poison").on("replayed", event -> {
            if (event.replay()) {
                LockSupport.parkNanos(5 * MILLISECONDS);
            }
        });
        for (int i = 0; i < 1_200; i++) {
            arrive(storyInLane(1), "replayed");
        }
        node(consumer);
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1_200));
        arrive(storyInLane(2), "poison");
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(1));
        execute("update mxhooks.parked set due = current_timestamp + interval '1' second");
        execute("""
                insert into mxhooks.parked (consumer, position, lane, replay, dead, due, attempts, unended, parked_at)
                select 'one', position, lane, true, false, current_timestamp - interval '1' hour, 0, 0, current_timestamp
                from mxhooks.delivery where lane = (select min(lane) from mxhooks.delivery)""");

        consumer.on("poison", event -> {});

        eventually()
                .untilAsserted(() -> assertThat(parked("one"))
                        .isNotEmpty()
                        .filteredOn(each -> !each.replay())
                        .isEmpty());
        eventually().untilAsserted(() -> assertThat(parked("one")).isEmpty());
    }

    @Test
    void pausesAllReplaysOfAConsumerThatWantsOneLater() throws Exception {
        EffectLog consumer = consumer("one");
        node(consumer);
        for (int i = 0; i < 40; i++) {
            arrive(storyInLane(i % 4), "replayed");
        }
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(40));
        consumer.notified().clear();
        consumer.on("replayed", event -> {
            throw new TryLater(Duration.ofMinutes(30));
        });

        execute("""
                insert into mxhooks.parked (consumer, position, lane, replay, dead, due, attempts, unended, parked_at)
                select 'one', position, lane, true, false, current_timestamp, 0, 0, current_timestamp from mxhooks.delivery""");
        eventually().untilAsserted(() -> assertThat(consumer.notified()).isNotEmpty());
        for (int i = 1; i <= 20; i++) {
            int expected = 40 + i;
            arrive(storyInLane(7), "beside the replays");
            eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(expected));
        }

        assertThat(consumer.notified())
                .filteredOn("replay of replayed"::equals)
                .as("one found out for all")
                .hasSize(1);
    }

    @Test
    void pausesTheLaneOfARetryThatTheConsumerWantsLater() throws Exception {
        EffectLog consumer = consumer("one").failingOn("poison");
        node(consumer);
        for (int i = 0; i < 10; i++) {
            arrive(storiesInLane(3).get(i), "poison");
        }
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(10));
        AtomicInteger asked = new AtomicInteger();
        consumer.on("poison", event -> {
            asked.incrementAndGet();
            throw new TryLater(Duration.ofMinutes(30));
        });
        eventually().untilAsserted(() -> assertThat(asked).hasPositiveValue());
        arrive(storyInLane(7), "in another lane");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));

        arrive(storiesInLane(3).get(11), "in the same lane");
        for (int i = 2; i <= 20; i++) {
            int expected = i;
            arrive(storyInLane(7), "in another lane");
            eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(expected));
        }
        assertThat(asked).hasValue(1);
        assertThat(consumer.notified()).doesNotContain("in the same lane");
    }

    private static List<Long> storiesInLane(int lane) {
        List<Long> stories = new ArrayList<>(List.of(storyInLane(lane)));
        while (stories.size() < 12) {
            stories.add(anotherStoryInTheLaneOf(stories.get(stories.size() - 1)));
        }
        return stories;
    }

    /** E2 fails though nothing is wrong with it: nobody knows that E1 waits before it. */
    @Test
    void parksBehindAnotherAlsoWhereItsQueryFailed() throws Exception {
        FailingStatements failing = new FailingStatements(
                sql -> sql.startsWith("select 1 where exists") && sql.contains("ordering_key = ?"));
        EffectLog consumer = consumer("one").failingOn("poison");
        node(failing.dataSource(dataSource()), jta(), consumer);
        arrive(1, "poison");
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(1));
        failing.failNext(1);

        arrive(1, "behind it");

        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(2));
        assertThat(failing.left()).isZero();
        assertThat(parked("one").get(1)).satisfies(behind -> {
            assertThat(behind.attempts()).isZero();
            assertThat(behind.due()).isFalse();
        });
        consumer.mend();
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(2));
        assertOnceAndInOrder(consumer);
    }

    @Test
    void holdsNoFailureOfTheDatabaseAgainstAnEvent() throws Exception {
        FailingStatements failing =
                new FailingStatements(sql -> sql.startsWith("update mxhooks.parked set unended = 0"));
        EffectLog consumer = consumer("one").failingOn("poison");
        node(failing.dataSource(dataSource()), jta(), consumer);
        failing.failNext(4);
        arrive(1, "poison");

        eventually().untilAsserted(() -> assertThat(failing.left()).isZero());
        eventually()
                .untilAsserted(() -> assertThat(parked("one"))
                        .singleElement()
                        .satisfies(parked -> assertThat(parked.attempts()).isGreaterThan(5)));
        assertThat(parked("one")).singleElement().matches(parked -> !parked.dead());
        consumer.mend();
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
    }

    /** A consumer more costs no statement more, as long as nothing arrives. */
    @Test
    void asksForAllConsumersAtOnce() throws Exception {
        int consumers = 60;
        List<EventConsumer> all = new ArrayList<>();
        for (int i = 0; i < consumers; i++) {
            all.add(consumer("idle " + i));
        }
        Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
        FailingStatements counting = new FailingStatements(sql -> {
            counts.computeIfAbsent(sql, unused -> new AtomicInteger()).incrementAndGet();
            return false;
        });
        counting.failNext(1);
        node(counting.dataSource(dataSource()), jta(), all.toArray(EventConsumer[]::new));
        eventually()
                .until(() -> !sql().exists("select 1 from mxhooks.lane where owner is null or claims > 0")
                        && sql().exists("select 1 from mxhooks.lane where consumer = 'idle 59'"));

        counts.clear();
        eventually()
                .until(() -> counts.values().stream()
                                .filter(count -> count.get() >= 20)
                                .count()
                        >= 2);

        assertThat(counts.values())
                .as(counts.toString())
                .allSatisfy(count -> assertThat(count.get()).isLessThan(2 * consumers));
    }

    /** What it does not want is known in memory, until many lanes' cursors are written at once. */
    @Test
    void commitsNothingForAConsumerThatWantsNothing() throws Exception {
        EffectLog picky = consumer("picky").wantingStory(1_000);
        EffectLog eager = consumer("eager");
        AtomicInteger advances = new AtomicInteger();
        FailingStatements counting = new FailingStatements(sql -> {
            if (sql.startsWith("update mxhooks.lane set cursor")) {
                advances.incrementAndGet();
            }
            return false;
        });
        counting.failNext(1);
        node(counting.dataSource(dataSource()), jta(), picky);
        node(eager);
        awaitClaims("picky");
        for (int i = 1; i <= 200; i++) {
            int expected = i;
            arrive(i % 40, "one of many");
            eventually().untilAsserted(() -> assertThat(eager.effects()).hasSize(expected));
        }

        eventually()
                .until(() -> !sql().exists(
                                "select 1 from mxhooks.lane l join mxhooks.delivery d on d.lane = l.lane and d.position > l.cursor"
                                        + " where l.consumer = 'picky'"));
        assertThat(advances.get()).isLessThan(100);
        assertThat(picky.notified()).isEmpty();
    }

    /** As after a failover: a position beyond which the consumer had come is given out again. */
    @Test
    void readsAgainWhereTheDatabaseCameBackOlder() throws Exception {
        long wanted = 1;
        long unwanted = anotherStoryInTheLaneOf(wanted);
        EffectLog picky = consumer("picky").wantingStory(wanted);
        node(picky);
        arrive(wanted, "first");
        eventually().untilAsserted(() -> assertThat(picky.effects()).hasSize(1));
        long cursor = cursorOf("picky", wanted);
        arrive(unwanted, "passed");
        eventually().until(() -> cursorOf("picky", wanted) > cursor);

        execute("update mxhooks.lane set cursor = " + cursor + " where cursor > " + cursor);
        execute("delete from mxhooks.body where position > " + cursor);
        execute("delete from mxhooks.delivery where position > " + cursor);
        arrive(wanted, "in its place");

        eventually().untilAsserted(() -> assertThat(picky.notified()).containsExactly("first", "in its place"));
    }

    /** As above, where that position was passed in memory alone, and so is another behind it. */
    @Test
    void passesNothingBehindWhatTheDatabaseLost() throws Exception {
        pace = new Pace(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofSeconds(3), Duration.ZERO);
        long wanted = 1;
        long unwanted = anotherStoryInTheLaneOf(wanted);
        EffectLog picky = consumer("picky").wantingStory(wanted);
        EffectLog eager = consumer("eager");
        node(picky, eager);
        arrive(wanted, "first");
        eventually().untilAsserted(() -> assertThat(picky.effects()).hasSize(1));
        long cursor = cursorOf("picky", wanted);
        arrive(unwanted, "passed");
        eventually().untilAsserted(() -> assertThat(eager.effects()).hasSize(2));

        execute("update mxhooks.lane set cursor = " + cursor + " where cursor > " + cursor);
        execute("delete from mxhooks.body where position > " + cursor);
        execute("delete from mxhooks.delivery where position > " + cursor);
        arrive(wanted, "in its place");
        arrive(unwanted, "behind it");

        eventually().untilAsserted(() -> assertThat(picky.notified()).containsExactly("first", "in its place"));
    }

    /** As when the database fails over, while the event is processed, to a copy that has not got it yet. */
    @Test
    void movesNoCursorOntoADeliveryThatIsGone() throws Exception {
        EffectLog consumer = consumer("one").on("vanishes", event -> {
            Thread elsewhere = new Thread(() -> forget(event.position())); // not in this thread's transaction
            elsewhere.start();
            elsewhere.join();
            throw new IllegalStateException("the connection broke");
        });
        node(consumer);
        arrive(1, "before");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        long cursor = cursorOf("one", 1);
        arrive(1, "vanishes");
        eventually().untilAsserted(() -> assertThat(consumer.notified()).contains("vanishes"));
        eventually().until(() -> !sql().exists("select 1 from mxhooks.delivery where position > " + cursor));

        arrive(storyInLane((laneOf(1) + 1) % Place.LANES), "in its place, in another lane");
        arrive(1, "after");

        eventually().untilAsserted(() -> assertThat(consumer.notified()).contains("after"));
        eventually().untilAsserted(() -> assertThat(parked("one")).isEmpty());
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSizeGreaterThanOrEqualTo(3));
        assertThat(consumer.effects())
                .extracting(Effect::position)
                .containsExactlyInAnyOrder(cursor, cursor + 1, cursor + 2);
    }

    private static int laneOf(long story) {
        return Arrivals.laneOf(Arrivals.story(story, ""));
    }

    private void forget(long position) {
        try {
            execute("delete from mxhooks.body where position = " + position);
            execute("delete from mxhooks.delivery where position = " + position);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
