package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.inbox.Place;

/** What fails in a consumer's turn ends no more than it has to. */
@Tag("persistence")
class TurnFaultEmbeddedIT extends TurnFixture {

    private static final String CORRUPTED = "XX001";
    private static final String NO_MEMORY = "53200";
    private static final String CONNECTION_FAILURE = "08006";

    /** SQLSTATEs with which reading fails, by lane. */
    private final Map<Integer, String> unreadable = new ConcurrentHashMap<>();

    private final Queue<Integer> failedReads = new ConcurrentLinkedQueue<>();

    /** How often it can still be {@linkplain #failInTime asked for}; 0 for ever. */
    private final AtomicInteger untilError = new AtomicInteger();

    /** It has nothing in memory. */
    @Override
    Inbox inbox(TestDatabase onDatabase) {
        return new Inbox(onDatabase.database(), onDatabase.dataSource(), Executors.defaultThreadFactory(), meters) {
            @Override
            public Optional<List<LogEntry>> recent(Place beyond, int limit, long bytes) {
                return Optional.empty();
            }

            @Override
            public List<LogEntry> read(int lane, long after, int limit, long bytes) throws SQLException {
                if (unreadable.containsKey(lane)) {
                    failedReads.add(lane);
                    throw new SQLException("failed on purpose", unreadable.get(lane));
                }
                return super.read(lane, after, limit, bytes);
            }

            @Override
            public boolean hasRoomForBodies() {
                failInTime();
                return super.hasRoomForBodies();
            }
        };
    }

    @Test
    void aLaneThatCannotBeReadHoldsUpNoOther() throws Exception {
        EffectLog consumer = consumer("one");
        ConsumerTurns turns = turnsThatAreShared(consumer);
        unreadable.put(2, CORRUPTED);

        for (int round = 1; round <= 2; round++) {
            endPause(lane(2));
            arrive(List.of(0, 1, 2, 3), 1);
            finishAll(turns);

            assertThat(consumer.effects()).hasSize(3 * round);
            assertThat(lanes.all())
                    .filteredOn(lane -> lane.schedule().isPaused())
                    .containsExactly(lane(2));
            assertThat(failedReads).hasSizeLessThanOrEqualTo(2 * round);
        }

        unreadable.clear();
        endPause(lane(2));
        finishAll(turns);
        assertThat(consumer.effects()).hasSize(8);
        assertOnceAndInOrder(consumer);
    }

    @Test
    void allLanesOfATurnPauseWhereTwoCannotBeRead() throws Exception {
        allLanesPauseAfter(2, NO_MEMORY);
    }

    @Test
    void allLanesOfATurnPauseWhereTheDatabaseIsGone() throws Exception {
        allLanesPauseAfter(1, CONNECTION_FAILURE);
    }

    private void allLanesPauseAfter(int reads, String state) throws Exception {
        ConsumerTurns turns = turnsThatAreShared(consumer("one"));
        List<Integer> some = List.of(0, 1, 2, 3);
        some.forEach(lane -> unreadable.put(lane, state));
        arrive(some, 1);

        finishAll(turns);

        assertThat(failedReads).hasSize(reads);
        assertThat(lanes.among(some))
                .allMatch(lane -> lane.schedule().isPaused() && lane.schedule().takePending());
    }

    /** It happens where a lane is asked whether it may share the turn: the first that is queued, or the third. */
    @Test
    void lanesThatAnErrorKeptFromATurnHaveTheNext() throws Exception {
        EffectLog effects = consumer("one");
        ConsumerTurns turns = turnsThatAreShared(whosePolicyMayFail(effects), effects);
        int expected = 0;
        for (int asked : List.of(1, 3)) {
            arrive(List.of(0, 1, 2, 3), 1);
            awaitQuickCalls();
            untilError.set(asked);

            assertThatThrownBy(turns::next).isInstanceOf(OutOfMemoryError.class);

            finishAll(turns);
            expected += 4;
            assertThat(effects.effects()).hasSize(expected);
        }
        assertOnceAndInOrder(effects);
    }

    /** It happens where room for the bodies of the third is looked for. */
    @Test
    void callsThatAnErrorKeptFromATurnHoldNoPermits() throws Exception {
        CallTurns turns = turns(new Callee("callee"), List.of(0, 1, 2, 3));
        untilError.set(3);

        assertThatThrownBy(turns::next).isInstanceOf(OutOfMemoryError.class);

        assertThat(turns.calls().isIdle()).isTrue();
        assertThat(lanes.among(List.of(0, 1, 2, 3)))
                .allMatch(lane -> lane.schedule().isWaiting());
    }

    /** Nothing is due then. */
    private static void endPause(Lane lane) {
        lane.schedule().pause(Duration.ZERO);
        lane.schedule().takeDue();
    }

    private EventConsumer whosePolicyMayFail(EffectLog consumer) {
        return (EventConsumer) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EventConsumer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("policy")) {
                        failInTime();
                    }
                    return method.invoke(consumer, arguments);
                });
    }

    private void failInTime() {
        if (untilError.getAndUpdate(left -> Math.max(0, left - 1)) == 1) {
            throw new OutOfMemoryError("failed on purpose");
        }
    }

    private Lane lane(int number) {
        return lanes.lane(number).orElseThrow();
    }
}
