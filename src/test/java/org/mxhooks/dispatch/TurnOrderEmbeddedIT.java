package org.mxhooks.dispatch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.inbox.Place;
import org.mxhooks.resilience.Turns;

/** What a consumer does in its turns, which begin and end here one by one. */
@Tag("persistence")
class TurnOrderEmbeddedIT extends DispatchFixture {

    private static final Duration TURN = Duration.ofMillis(250);

    /** More than go into a transaction, in each lane. */
    private static final int MANY = 16;

    private static final int MAX_SHARED = 128;

    /** Longer than a transaction of several lanes may take, shorter than what keeps lanes from sharing one. */
    private static final Duration LATE = Duration.ofMillis(60);

    @TempDir
    Path home;

    private HeldLanes lanes;
    private ConsumerWork work;

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.h2(home.resolve(UUID.randomUUID().toString()));
    }

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
        consumer.notified().clear();
        execute("""
                insert into mxhooks.parked (consumer, position, lane, replay, dead, due, attempts, unended, parked_at)
                select 'one', position, lane, true, false, current_timestamp, 0, 0, current_timestamp from mxhooks.delivery""");
        for (int lane = 0; lane < 3; lane++) {
            arrive(storyInLane(lane), "slow");
        }
        ConsumerTurns turns = turns(consumer, List.of(0, 1, 2));

        for (int turn = 0; turn < 6; turn++) {
            turns.signalReplays();
            Turns.TurnWork work = turns.next().orElseThrow();
            work.run();
            work.end();
        }

        assertThat(consumer.notified())
                .containsExactly("replay of slow", "slow", "replay of slow", "slow", "replay of slow", "slow");
    }

    @Test
    void whatArrivesDuringASharedTurnJoinsTheNext() throws Exception {
        EffectLog consumer = consumer("one");
        ConsumerTurns turns = turnsThatAreShared(consumer);

        append(List.of(0, 1, 1, 2, 3), "new", 1);
        signal(List.of(0, 1));
        Turns.TurnWork first = turns.next().orElseThrow();
        signal(List.of(1, 2, 3));
        Optional<Turns.TurnWork> during = turns.next();
        finish(first);
        finishAll(turns);

        assertThat(during).isEmpty();
        assertThat(consumer.effects()).hasSize(5);
    }

    @Test
    void aSharedTurnEndsForTheLanesThatWaitForIt() throws Exception {
        EffectLog consumer = consumer("one").on("new", event -> signal(List.of(0, 2)));
        ConsumerTurns turns = turnsThatAreShared(consumer);
        arrive(List.of(0, 1), 1);

        finish(turns.next().orElseThrow());

        assertThat(consumer.effects()).isNotEmpty();
        assertThat(lanes.lane(0).orElseThrow().schedule().isReady()).isTrue();
    }

    @Test
    void noLaneWaitsForAnotherThatHasMuchToDo() throws Exception {
        EffectLog consumer = consumer("one").on("slow", event -> LockSupport.parkNanos(LATE.toNanos()));
        ConsumerTurns turns = turnsThatAreShared(consumer);

        eventually().untilAsserted(() -> {
            awaitQuickCalls();
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

        eventually().untilAsserted(() -> {
            awaitQuickCalls();
            arrive(List.of(2), 1);
            Turns.TurnWork own = turns.next().orElseThrow();
            arrive(List.of(0, 1), 1);
            finish(turns.next().orElseThrow());
            boolean left = lanes.lane(0).orElseThrow().schedule().isReady();
            finish(own);
            finishAll(turns);
            assertThat(left).isFalse();
        });
    }

    @Test
    void lanesThatWereTurnedAwayAreAskedAgainWhenATransactionIsFull() throws Exception {
        EffectLog consumer = consumer("one");
        ConsumerTurns turns = turnsThatAreShared(consumer);
        append(allLanes().subList(0, Place.LANES / 2), "new", MANY);
        append(allLanes().subList(Place.LANES / 2, Place.LANES), "new", 1);
        signal(allLanes().subList(0, Place.LANES / 2));
        Turns.TurnWork first = turns.next().orElseThrow();
        signal(allLanes().subList(Place.LANES / 2, Place.LANES));
        Optional<Turns.TurnWork> during = turns.next();

        finish(first);

        assertThat(during).isEmpty();
        assertThat(consumer.effects()).hasSizeLessThanOrEqualTo(MAX_SHARED);
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
        arrive(allLanes().subList(0, Place.LANES / 2), MANY);
        Turns.TurnWork first = turns.next().orElseThrow();
        arrive(allLanes().subList(Place.LANES / 2, Place.LANES), 1);
        ask.set(turns::next);

        finish(first);

        assertThat(beside).hasSize(1);
        beside.forEach(Turns.TurnWork::end);
    }

    /** Of a consumer that has caught up, with calls that were quick of late. */
    private ConsumerTurns turnsThatAreShared(EffectLog consumer) throws Exception {
        ConsumerTurns turns = turns(consumer, List.of());
        arrive(allLanes(), 1);
        finishAll(turns);
        awaitQuickCalls();
        assertThat(consumer.effects()).hasSize(Place.LANES);
        execute("delete from effect");
        return turns;
    }

    /** Any call may have been slow, on a busy machine: then lanes share no turn for a while. */
    private void awaitQuickCalls() {
        eventually().until(() -> lanes.all().stream().allMatch(work.pending()::shares));
    }

    private static void finishAll(ConsumerTurns turns) {
        for (Optional<Turns.TurnWork> next = turns.next(); next.isPresent(); next = turns.next()) {
            finish(next.get());
        }
    }

    private static void finish(Turns.TurnWork turn) {
        turn.run();
        turn.end();
    }

    private static List<Integer> allLanes() {
        return IntStream.range(0, Place.LANES).boxed().toList();
    }

    /** So many new events in each of these lanes. */
    private void arrive(List<Integer> in, int events) {
        arrive(in, "new", events);
    }

    private void arrive(List<Integer> in, String name, int events) {
        append(in, name, events);
        signal(in);
    }

    /** Turns find them: the writer, which answers first, has noted them in memory before it looks at the check. */
    private void append(List<Integer> in, String name, int events) {
        for (int lane : in) {
            for (int i = 0; i < events; i++) {
                arrive(storyInLane(lane), name);
            }
        }
        assertThat(inbox().check().toCompletableFuture().orTimeout(30, SECONDS).join())
                .isTrue();
    }

    private void signal(List<Integer> grown) {
        lanes.among(grown).forEach(lane -> lane.schedule().signalPending());
    }

    /** As a node has them that has claimed all lanes, of which some have something new. */
    private ConsumerTurns turns(EffectLog consumer, List<Integer> grown) throws Exception {
        UUID id = UUID.randomUUID();
        NodeContext context = new NodeContext(id, inbox(), sql(), jta(), new Turns(Thread::new), meters);
        work = ConsumerWork.of(context, new Limits(consumerTimeout, consumerTimeout, false, retry), consumer);
        new NodeTable(sql()).renew(id);
        work.registration().begin();
        work.ledger().lanes().claim(consumer.name(), Place.LANES, false);
        lanes = new HeldLanes(consumer.name(), work.ledger());
        lanes.keep(work.ledger().lanes().held(consumer.name()));
        for (Lane lane : lanes.all()) {
            if (!grown.contains(lane.claim().lane())) {
                lane.schedule().takePending();
            }
            lane.schedule().takeDue();
        }
        return new ConsumerTurns(consumer.name(), work, lanes);
    }
}
