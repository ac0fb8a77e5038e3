package org.mxhooks.dispatch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.UserTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.dispatch.EffectLog.Effect;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.TryLater;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.Place;

/** What dispatch promises to consumers that answer later, on every supported database. */
@Tag("persistence")
abstract class AsyncConsumerSuite extends DispatchFixture {

    private static final String NAME = "callee";

    private final Callee callee = new Callee(NAME);

    /** Of the log from the database, by lane. */
    private final Map<Integer, Integer> reads = new ConcurrentHashMap<>();

    private TestDatabase database;

    @Override
    Inbox inbox(TestDatabase onDatabase) {
        database = onDatabase;
        return noting(onDatabase, (beyond, read) -> reads.merge(beyond.lane(), 1, Integer::sum));
    }

    @Test
    void callsOnceAndInTheOrderOfEachResource() throws Exception {
        node(callee);
        node(callee);
        eventually()
                .untilAsserted(() -> assertThat(sql().query(
                                        "select count(*) from mxhooks.lane where owner is not null group by owner",
                                        row -> row.getInt(1)))
                        .containsExactly(Place.LANES / 2, Place.LANES / 2));
        arrive(400);

        eventually().untilAsserted(() -> assertThat(effects(NAME)).hasSize(400));
        assertOnceAndInOrder(recorded(NAME));
        assertThat(callee.overlaps()).isEmpty();
        assertThat(callee.called()).doesNotHaveDuplicates();
    }

    /** More of them than there are turns, and none ever answers. */
    @Test
    void whatIsUnderWayKeepsNobodyFromTheirTurns() throws Exception {
        List<EventConsumer> consumers = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            consumers.add(new Callee("silent " + i));
        }
        EffectLog observer = consumer("observer");
        arriveInEachLane("pending");
        node(consumers.toArray(EventConsumer[]::new));
        for (EventConsumer silent : consumers) {
            eventually().until(() -> ((Callee) silent).underWay() >= 1);
        }
        node(observer, callee);
        arrive(9);

        eventually().untilAsserted(() -> assertThat(observer.effects()).hasSize(Place.LANES + 9));
        assertThat(parked("silent 0")).isEmpty();
        eventually().until(() -> {
            callee.takeAll();
            consumers.forEach(silent -> ((Callee) silent).takeAll());
            return effects(NAME).size() == Place.LANES + 9;
        });
        assertOnceAndInOrder(recorded(NAME));
    }

    @Test
    void hasOneCallInALane() throws Exception {
        for (int lane = 0; lane < Place.LANES; lane++) {
            arrive(storyInLane(lane), "pending");
            arrive(anotherStoryInTheLaneOf(storyInLane(lane)), "pending");
        }
        node(callee);

        eventually().until(() -> {
            callee.takeAll();
            return effects(NAME).size() == 2 * Place.LANES;
        });
        assertThat(callee.most()).isLessThanOrEqualTo(Place.LANES);
        assertThat(callee.called()).hasSize(2 * Place.LANES);
    }

    @Test
    void recordsTogetherWhatEndsTogether() throws Exception {
        arriveInEachLane("pending");
        AtomicInteger commits = new AtomicInteger();
        node(dataSource(), counting(commits), callee);
        eventually().until(() -> callee.underWay() == Place.LANES);
        long locked = callee.calls().keySet().iterator().next();

        int before = commits.get();
        try (Connection other = dataSource().getConnection()) {
            other.setAutoCommit(false);
            lockLaneOf(locked, other);
            callee.takeAll();
            eventually().untilAsserted(() -> assertThat(effects(NAME)).hasSizeGreaterThanOrEqualTo(15));
            assertThat(effects(NAME)).extracting(Effect::position).doesNotContain(locked);
            other.rollback();
        }

        eventually().until(() -> {
            callee.takeAll();
            return effects(NAME).size() == Place.LANES;
        });
        assertThat(recordings(commits.get() - before)).isLessThan(Place.LANES);
        assertOnceAndInOrder(recorded(NAME));
    }

    /**
     * By how many commits calls were recorded.
     *
     * @param inJta so many were JTA's
     */
    long recordings(int inJta) throws SQLException {
        return inJta;
    }

    private static void lockLaneOf(long position, Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select cursor from mxhooks.lane"
                + " where consumer = ? and lane = (select lane from mxhooks.delivery where position = ?) for update")) {
            lock.setString(1, NAME);
            lock.setLong(2, position);
            lock.executeQuery();
        }
    }

    private UserTransaction counting(AtomicInteger commits) {
        return (UserTransaction) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {UserTransaction.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        commits.incrementAndGet();
                    }
                    try {
                        return method.invoke(jta(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void repeatsTheCallOfALaneThatWasLostAndNoOther() throws Exception {
        long story = storyInLane(3);
        arrive(story, "pending");
        arrive(storyInLane(4), "pending");
        node(callee);
        eventually().until(() -> callee.underWay() == 2);

        execute("update mxhooks.lane set token = token + 1 where consumer = 'callee' and lane = 3");
        callee.takeAll();
        eventually().until(() -> callee.called().size() == 3);
        callee.takeAll();

        eventually().untilAsserted(() -> assertThat(effects(NAME)).hasSize(2));
        assertThat(callee.names()).hasSize(3);
        assertOnceAndInOrder(recorded(NAME));
    }

    /** Also where the first attempt that fails is the last. */
    @Test
    void repeatsTheCallWhereTheDatabaseCannotRecordIt() throws Exception {
        retry = RetryPolicy.lasting(Duration.ZERO);
        FailingStatements failing = new FailingStatements(sql -> sql.startsWith("insert into effect"));
        arrive(1, "pending");
        node(failing.dataSource(dataSource()), jta(), callee);
        eventually().until(() -> callee.underWay() == 1);

        execute("alter table effect rename to effect_elsewhere");
        failing.failNext(Integer.MAX_VALUE);
        callee.takeAll();
        eventually().untilAsserted(() -> assertThat(callee.called()).hasSize(2));
        failing.failNext(0);
        execute("alter table effect_elsewhere rename to effect");
        callee.takeAll();

        eventually().untilAsserted(() -> assertThat(effects(NAME)).hasSize(1));
        assertThat(parked(NAME)).isEmpty();
    }

    @Test
    void givesUpACallThatIsNotAnswered() throws Exception {
        consumerTimeout = Duration.ofSeconds(1);
        arrive(1, "pending");
        arrive(1, "behind it");
        node(callee);
        eventually().until(() -> callee.underWay() == 1);
        CompletableFuture<?> call = callee.calls().values().iterator().next();

        eventually().untilAsserted(() -> assertThat(parked(NAME)).hasSize(2));

        assertThat(call).isCancelled();
        assertThat(parked(NAME).get(0).reason()).contains("timeout");
        eventually().until(() -> callee.called().size() > 1);
        eventually().until(() -> {
            callee.takeAll();
            return effects(NAME).size() == 2;
        });
        assertOnceAndInOrder(recorded(NAME));
        assertThat(callee.names()).containsSubsequence("pending", "pending", "behind it");
    }

    @Test
    void retriesWhatWasNotTakenBeforeWhatIsBehindIt() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        callee.on("flaky", delivery -> {
            switch (calls.incrementAndGet()) {
                case 1, 2 -> throw new IllegalStateException("not taken");
                case 3 -> throw new TryLater(Duration.ofMillis(10));
                default -> {}
            }
        });
        arrive(1, "flaky");
        arrive(1, "behind it");
        arrive(anotherStoryInTheLaneOf(1), "of another resource");
        node(callee);

        eventually().untilAsserted(() -> assertThat(effects(NAME)).hasSize(3));

        assertThat(calls).hasValue(4);
        assertThat(callee.names()).containsSubsequence("flaky", "of another resource", "flaky", "behind it");
        assertOnceAndInOrder(recorded(NAME));
        assertThat(callee.overlaps()).isEmpty();
        eventually().untilAsserted(() -> assertThat(parked(NAME)).isEmpty());
    }

    @Test
    void replaysDeadLettersBesideTheLanes() throws Exception {
        callee.on("hopeless", delivery -> {
            throw new GiveUp("no such board");
        });
        for (int i = 0; i < 20; i++) {
            arrive(i % 3, "hopeless");
        }
        node(callee);
        eventually().untilAsserted(() -> assertThat(parked(NAME)).hasSize(20).allMatch(Parked::dead));

        callee.mend();
        arrive(storyInLane(7), "pending");
        operator().replayDead(NAME, Optional.empty());

        eventually().untilAsserted(() -> assertThat(effects(NAME)).hasSize(20));
        assertOnceAndInOrder(recorded(NAME));
        eventually().untilAsserted(() -> assertThat(parked(NAME)).isEmpty());
        callee.takeAll();
    }

    /** As many as a slow consumer has calls; those of a lane one after another. */
    @Test
    void replaysBesideSomeLanesAtTheSameTime() throws Exception {
        callee.on("hopeless", delivery -> {
            throw new GiveUp("no such board");
        });
        for (int lane = 0; lane < 8; lane++) {
            arrive(storyInLane(lane), "hopeless");
            arrive(storyInLane(lane), "hopeless");
        }
        node(callee);
        eventually().untilAsserted(() -> assertThat(parked(NAME)).hasSize(16).allMatch(Parked::dead));

        callee.hold("hopeless");
        operator().replayDead(NAME, Optional.empty());
        eventually().until(() -> callee.underWay() == 4);
        eventually().until(() -> {
            callee.takeAll();
            return effects(NAME).size() == 16;
        });

        assertOnceAndInOrder(recorded(NAME));
        assertThat(callee.overlaps()).isEmpty();
        assertThat(callee.called()).hasSize(32);
        eventually().untilAsserted(() -> assertThat(parked(NAME)).isEmpty());
    }

    /** Also in a turn that begins while a call of the turn before is under way. */
    @Test
    void replaysBesideALaneOneAfterAnother() throws Exception {
        callee.on("hopeless", delivery -> {
            throw new GiveUp("no such board");
        });
        long story = storyInLane(3);
        arrive(story, "hopeless");
        arrive(anotherStoryInTheLaneOf(story), "hopeless");
        AutoCloseable before = node(callee);
        eventually().untilAsserted(() -> assertThat(parked(NAME)).hasSize(2).allMatch(Parked::dead));
        before.close();
        callee.hold("hopeless");
        operator().replayDead(NAME, Optional.empty());

        NodeContext node = context();
        TurnGuard guard = new TurnGuard(NAME);
        RunningCalls running = new RunningCalls(callee, node, guard, () -> {});
        ReplayCalls replays = new ReplayCalls(callee, ConsumerWork.of(node, limits(), callee), guard, running);
        Lane beside = new Lane(claimOf(3), false);
        List<Boolean> ends = new ArrayList<>();
        for (int turn = 0; turn < 2; turn++) {
            assertThat(replays.begin(beside, () -> false, (lane, more) -> ends.add(more)))
                    .isTrue();
            assertThat(callee.underWay()).isEqualTo(1);
        }

        for (int replay = 1; replay <= 2; replay++) {
            assertThat(ends).isEmpty();
            callee.takeAll();
            assertThat(running.settleNext()).isTrue();
            assertThat(effects(NAME)).hasSize(replay);
        }
        assertThat(ends).containsExactly(false);
        assertOnceAndInOrder(recorded(NAME));
    }

    private LaneClaim claimOf(int lane) throws SQLException {
        return sql().first(
                        "select token, cursor from mxhooks.lane where consumer = ? and lane = ?",
                        row -> new LaneClaim(NAME, lane, row.getLong("cursor"), row.getLong("token"), 0),
                        NAME,
                        lane)
                .orElseThrow();
    }

    @Test
    void doesNotReadWhatItDoesNotWantByItsCategory() throws Exception {
        long story = storyInLane(3);
        try (Inbox other = super.inbox(database)) {
            for (int i = 0; i <= 10 * LaneReader.MAX_READ; i++) {
                other.append(Arrivals.withIdentity(
                                Arrivals.story(story, "wanted"),
                                UUID.randomUUID().toString()))
                        .toCompletableFuture()
                        .get();
            }
        }
        execute("update mxhooks.delivery set category = 'others'"
                + " where position < (select max(position) from mxhooks.delivery)");

        node(callee);

        eventually().untilAsserted(() -> assertThat(effects(NAME)).hasSize(1));
        assertThat(reads.get(3)).isLessThanOrEqualTo(4);
        assertThat(callee.called()).containsExactly(inbox().head());
    }

    /** An earlier release did not know what it is about: src/site/markdown/adr/0021-lanes-outlive-the-decoder.md. */
    @Test
    void readsBehindWhatItDoesNotWantWhatMayBeDecodedAnew() throws Exception {
        long story = storyInLane(3);
        int unwanted = LaneReader.MAX_READ + 8;
        try (Inbox other = super.inbox(database)) {
            for (int i = 0; i < unwanted + 5; i++) {
                other.append(Arrivals.withIdentity(
                                Arrivals.story(story, "wanted"),
                                UUID.randomUUID().toString()))
                        .toCompletableFuture()
                        .get();
            }
        }
        execute("update mxhooks.delivery set category = 'others' where position <= " + unwanted);
        execute("update mxhooks.delivery set category = 'unknown', resource_type = null, resource_id = null"
                + " where position > " + unwanted);

        node(callee);

        eventually().untilAsserted(() -> assertThat(effects(NAME)).hasSize(5));
        assertOnceAndInOrder(recorded(NAME));
    }

    /** A database that came back older: positions behind the last that was passed are given out again. */
    @Test
    void skipsNothingBehindWhatStandsThereNoLonger() throws Exception {
        long story = storyInLane(3);
        for (int i = 0; i < 10; i++) {
            arrive(story, "unwanted");
        }
        Lane lane = new Lane(new LaneClaim(NAME, 3, 0, 0, 0), false);
        lane.passTo(new Lane.Passed(7, UUID.randomUUID()));

        try (Inbox other = super.inbox(database)) {
            LaneReader reader = new LaneReader(other, callee);
            assertThatThrownBy(() -> reader.read(lane, 1)).as("what is wanted").isInstanceOf(LaneLost.class);
            execute("update mxhooks.delivery set category = 'others'");
            assertThatThrownBy(() -> reader.read(lane, 1)).as("what is not").isInstanceOf(LaneLost.class);
        }
    }

    @Test
    void readsAtMostAMebibyteOfBodiesOfALane() throws Exception {
        for (int i = 0; i < 5; i++) {
            arrive(storyInLane(3), "x".repeat(300_000));
        }
        Lane lane = new Lane(new LaneClaim(NAME, 3, 0, 0, 0), false);

        assertThat(new LaneReader(inbox(), callee)
                        .read(lane, LaneReader.MAX_READ)
                        .entries())
                .as("from memory")
                .hasSize(3);
        try (Inbox other = super.inbox(database)) {
            assertThat(new LaneReader(other, callee)
                            .read(lane, LaneReader.MAX_READ)
                            .entries())
                    .as("from the database")
                    .hasSize(3);
        }
    }

    @Test
    void aPausedConsumerIsCalledNoMoreAndWhatIsUnderWayIsRecorded() throws Exception {
        EffectLog other = consumer("other");
        arrive(1, "pending");
        arrive(1, "behind it");
        node(callee, other);
        eventually().until(() -> callee.underWay() == 1);

        operator().pause(NAME);
        eventually().until(() -> isIdleWhile(other));
        callee.takeAll();
        eventually()
                .untilAsserted(() -> assertThat(recorded(NAME).effects())
                        .extracting(Effect::storyId)
                        .contains(1L));
        assertThat(callee.names()).doesNotContain("behind it");

        operator().resume(NAME);
        eventually().untilAsserted(() -> assertThat(effects(NAME)).hasSameSizeAs(other.effects()));
        assertOnceAndInOrder(recorded(NAME));
    }

    /** Whether it is not called about what the other one is notified of. */
    private boolean isIdleWhile(EffectLog other) {
        int called = callee.called().size();
        int notified = other.effects().size();
        arrive(2, "another");
        eventually().until(() -> other.effects().size() > notified);
        return callee.called().size() == called;
    }

    @Test
    void aNodeThatStopsRecordsWhatIsUnderWay() throws Exception {
        arrive(1, "pending");
        arrive(1, "behind it");
        AutoCloseable node = node(callee);
        eventually().until(() -> callee.underWay() == 1);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> {
            try {
                node.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(stopped).isNotDone();
        callee.takeAll();
        stopped.get(60, SECONDS);

        assertThat(effects(NAME)).hasSize(1);
        assertThat(callee.called()).hasSize(1);
        assertThat(sql().exists("select 1 from mxhooks.lane where owner is not null"))
                .isFalse();
    }

    /** As a subscription that is deleted. */
    @Test
    void aConsumerThatIsRemovedKeepsItsLanesUntilItsCallsHaveEnded() throws Exception {
        List<EventConsumer> consumers = new CopyOnWriteArrayList<>(List.of(callee));
        EffectLog other = consumer("other");
        consumers.add(other);
        arrive(1, "pending");
        node(() -> consumers);
        eventually().until(() -> callee.underWay() == 1);

        consumers.remove(callee);
        eventually().until(() -> isIdleWhile(other));
        Callee successor = new Callee(NAME);
        consumers.add(successor);
        arrive(1, "behind it");
        isIdleWhile(other);
        assertThat(successor.called()).as("while a call is under way").isEmpty();
        callee.takeAll();

        eventually().untilAsserted(() -> assertThat(effects(NAME)).hasSameSizeAs(other.effects()));
        assertThat(successor.names()).contains("behind it");
        assertOnceAndInOrder(recorded(NAME));
    }

    private void arriveInEachLane(String name) {
        IntStream.range(0, Place.LANES).forEach(lane -> arrive(storyInLane(lane), name));
    }

    private List<Effect> effects(String name) {
        return recorded(name).effects();
    }

    private EffectLog recorded(String name) {
        return new EffectLog(name, From.BEGINNING, dataSource());
    }
}
