package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.inbox.Place;
import org.mxhooks.resilience.Turns;

/** What a consumer does in its turns, which begin and end here one by one. */
@Tag("persistence")
class TurnOrderEmbeddedIT extends TurnFixture {

    private static final Duration TURN = Duration.ofMillis(250);

    /** More than go into a transaction, in each lane. */
    private static final int MANY = 16;

    private static final int MAX_SHARED = 128;

    /** Longer than a transaction of several lanes may take, shorter than what keeps lanes from sharing one. */
    private static final Duration LATE = Duration.ofMillis(60);

    /** Each call takes a turn to its end. */
    @Test
    void lanesAndReplaysAlternate() throws Exception {
        EffectLog consumer = consumer("one").on("slow", event -> LockSupport.parkNanos(TURN.toNanos()));
        AutoCloseable before = node(consumer);
        for (int lane = 0; lane < 3; lane++) {
            arrive(storyInLane(lane), "slow");
        }
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(3));
        before.close();
        ConsumerTurns turns = turns(consumer, List.of());

        eventually().untilAsserted(() -> {
            finishAll(turns);
            execute("delete from mxhooks.parked");
            execute("""
                    insert into mxhooks.parked (consumer, position, lane, replay, dead, due, attempts, unended, parked_at)
                    select 'one', position, lane, true, false, current_timestamp, 0, 0, current_timestamp
                    from mxhooks.delivery where position <= 3""");
            arrive(List.of(0, 1, 2), "slow", 1);
            consumer.notified().clear();
            for (int turn = 0; turn < 6; turn++) {
                turns.signalReplays();
                finish(turns.next().orElseThrow());
            }
            List<String> notified = List.copyOf(consumer.notified());
            assertThat(notified).isIn(alternating("replay of slow", "slow"), alternating("slow", "replay of slow"));
        });
    }

    private static List<String> alternating(String one, String other) {
        return List.of(one, other, one, other, one, other);
    }

    @Test
    void whatArrivesDuringASharedTurnJoinsTheNext() throws Exception {
        EffectLog consumer = consumer("one");
        ConsumerTurns turns = turnsThatAreShared(consumer);

        unlessStalled(turns, () -> {
            append(List.of(0, 1, 1, 2, 3), "new", 1);
            signal(List.of(0, 1));
            Turns.TurnWork first = turns.next().orElseThrow();
            signal(List.of(1, 2, 3));
            Optional<Turns.TurnWork> during = turns.next();
            during.ifPresent(TurnOrderEmbeddedIT::finish);
            finish(first);
            finishAll(turns);

            assertThat(during).isEmpty();
            assertThat(consumer.effects()).hasSize(5);
        });
    }

    @Test
    void aSharedTurnEndsForTheLanesThatWaitForIt() throws Exception {
        EffectLog consumer = consumer("one").on("new", event -> signal(List.of(0, 2)));
        ConsumerTurns turns = turnsThatAreShared(consumer);

        unlessStalled(turns, () -> {
            arrive(List.of(0, 1), 1);
            finish(turns.next().orElseThrow());

            assertThat(consumer.effects()).isNotEmpty();
            assertThat(lanes.lane(0).orElseThrow().schedule().isReady()).isTrue();
        });
    }

    @Test
    void noLaneWaitsForAnotherThatHasMuchToDo() throws Exception {
        EffectLog consumer = consumer("one").on("slow", event -> LockSupport.parkNanos(LATE.toNanos()));
        ConsumerTurns turns = turnsThatAreShared(consumer);

        unlessStalled(turns, () -> {
            arrive(List.of(1), 1);
            finishAll(turns); // so that the other lane waits longer
            consumer.notified().clear();
            arrive(List.of(0), "slow", 3);
            arrive(List.of(1), 1);
            finishAll(turns);
            assertThat(consumer.notified()).containsExactly("slow", "new", "slow", "slow");
        });
    }

    @Test
    void nobodyWaitsForASharedTurnOfAConsumerWhoseCallsFillATransaction() throws Exception {
        EffectLog consumer = consumer("one").on("slow", event -> LockSupport.parkNanos(LATE.toNanos()));
        ConsumerTurns turns = turnsThatAreShared(consumer);
        arrive(List.of(0, 1), "slow", 1);
        finishAll(turns);
        arrive(List.of(0, 1), 1);
        Turns.TurnWork first = turns.next().orElseThrow();
        arrive(List.of(2, 3), 1);

        assertThat(turns.next()).isPresent();
        first.end();
    }

    @Test
    void aSharedTurnDoesNotEndForALaneThatHasATurnOfItsOwn() throws Exception {
        EffectLog consumer = consumer("one").on("new", event -> signal(List.of(0, 2)));
        ConsumerTurns turns = turnsThatAreShared(consumer);

        unlessStalled(turns, () -> {
            arrive(List.of(2), 1);
            Turns.TurnWork own = turns.next().orElseThrow();
            arrive(List.of(0, 1), 1);
            finish(turns.next().orElseThrow());
            boolean left = lanes.lane(0).orElseThrow().schedule().isReady();
            finish(own);
            assertThat(left).isFalse();
        });
    }

    @Test
    void lanesThatWereTurnedAwayAreAskedAgainWhenATransactionIsFull() throws Exception {
        EffectLog consumer = consumer("one");
        ConsumerTurns turns = turnsThatAreShared(consumer);

        unlessStalled(turns, () -> {
            append(allLanes().subList(0, Place.LANES / 2), "new", MANY);
            append(allLanes().subList(Place.LANES / 2, Place.LANES), "new", 1);
            signal(allLanes().subList(0, Place.LANES / 2));
            Turns.TurnWork first = turns.next().orElseThrow();
            signal(allLanes().subList(Place.LANES / 2, Place.LANES));
            Optional<Turns.TurnWork> during = turns.next();
            during.ifPresent(TurnOrderEmbeddedIT::finish);
            finish(first);

            assertThat(during).isEmpty();
            assertThat(consumer.effects()).hasSizeLessThanOrEqualTo(MAX_SHARED);
        });
    }

    @Test
    void aSharedTurnOfAConsumerThatWasPausedMeanwhileDoesNothing() throws Exception {
        EffectLog consumer = consumer("one");
        ConsumerTurns turns = turnsThatAreShared(consumer);
        arrive(List.of(0, 1), 1);
        Turns.TurnWork turn = turns.next().orElseThrow();

        work.suspension().pause(true);
        finish(turn);
        int whilePaused = consumer.effects().size();
        work.suspension().pause(false);
        finishAll(turns);

        assertThat(whilePaused).isZero();
        assertThat(consumer.effects()).hasSize(2);
    }

    @Test
    void nobodyWaitsForASharedTurnThatLasts() throws Exception {
        EffectLog consumer = consumer("one");
        ConsumerTurns turns = turnsThatAreShared(consumer);
        arrive(List.of(0, 1), 1);
        Turns.TurnWork hanging = turns.next().orElseThrow();
        arrive(List.of(2, 3), 1);

        eventually().untilAsserted(() -> {
            finishAll(turns);
            assertThat(consumer.effects()).hasSize(2);
        });
        hanging.end();
    }

    @Test
    void aLaneThatHasSomethingDueWaitsForNoSharedTurn() throws Exception {
        ConsumerTurns turns = turnsThatAreShared(consumer("one"));
        arrive(List.of(0, 1), 1);
        Turns.TurnWork first = turns.next().orElseThrow();
        lanes.lane(2).orElseThrow().schedule().signalDue();

        assertThat(turns.next()).isPresent();
        first.end();
    }

    @Test
    void aConsumerThatIsBehindHasTwoSharedTurns() throws Exception {
        AtomicReference<Callable<Optional<Turns.TurnWork>>> ask = new AtomicReference<>(Optional::empty);
        List<Turns.TurnWork> beside = new ArrayList<>();
        EffectLog consumer = consumer("one").on("new", event -> ask.get().call().ifPresent(beside::add));
        ConsumerTurns turns = turnsThatAreShared(consumer);

        unlessStalled(turns, () -> {
            arrive(allLanes().subList(0, Place.LANES / 2), MANY);
            Turns.TurnWork first = turns.next().orElseThrow();
            arrive(allLanes().subList(Place.LANES / 2, Place.LANES), 1);
            beside.clear();
            ask.set(turns::next);
            finish(first);
            ask.set(Optional::empty);
            beside.forEach(TurnOrderEmbeddedIT::finish);

            assertThat(beside).hasSize(1);
        });
    }

    /** Repeats what a stall of the machine makes fail, since turns and calls are timed; without effects so far. */
    private void unlessStalled(ConsumerTurns turns, ThrowingRunnable attempt) {
        eventually().untilAsserted(() -> {
            finishAll(turns);
            awaitQuickCalls();
            execute("delete from effect");
            attempt.run();
        });
    }
}
