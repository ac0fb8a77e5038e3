package org.mxhooks.dispatch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.inbox.Place;
import org.mxhooks.resilience.Turns;

/** A consumer's turns on a node without a loop, which begin and end one by one. */
abstract class TurnFixture extends DispatchFixture {

    @TempDir
    Path home;

    HeldLanes lanes;
    ConsumerWork work;

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.h2(home.resolve(UUID.randomUUID().toString()));
    }

    /** Of a consumer that has caught up, with calls that were quick of late. */
    final ConsumerTurns turnsThatAreShared(EffectLog consumer) throws Exception {
        return turnsThatAreShared(consumer, consumer);
    }

    /** As above, of a consumer that passes on what it is notified of. */
    final ConsumerTurns turnsThatAreShared(EventConsumer consumer, EffectLog effects) throws Exception {
        ConsumerTurns turns = turns(consumer, List.of());
        arrive(allLanes(), 1);
        finishAll(turns);
        awaitQuickCalls();
        assertThat(effects.effects()).hasSize(Place.LANES);
        execute("delete from effect");
        return turns;
    }

    /** Any call may have been slow, on a busy machine: then lanes share no turn for a while. */
    final void awaitQuickCalls() {
        eventually().until(() -> lanes.all().stream().allMatch(work.pending()::shares));
    }

    static void finishAll(ConsumerTurns turns) {
        for (Optional<Turns.TurnWork> next = turns.next(); next.isPresent(); next = turns.next()) {
            finish(next.get());
        }
    }

    static void finish(Turns.TurnWork turn) {
        turn.run();
        turn.end();
    }

    static List<Integer> allLanes() {
        return IntStream.range(0, Place.LANES).boxed().toList();
    }

    /** So many new events in each of these lanes. */
    final void arrive(List<Integer> in, int events) {
        arrive(in, "new", events);
    }

    final void arrive(List<Integer> in, String name, int events) {
        append(in, name, events);
        signal(in);
    }

    /** Turns find them: the writer, which answers first, has noted them in memory before it looks at the check. */
    final void append(List<Integer> in, String name, int events) {
        for (int lane : in) {
            for (int i = 0; i < events; i++) {
                arrive(storyInLane(lane), name);
            }
        }
        assertThat(inbox().check().toCompletableFuture().orTimeout(30, SECONDS).join())
                .isTrue();
    }

    final void signal(List<Integer> grown) {
        lanes.among(grown).forEach(lane -> lane.schedule().signalPending());
    }

    /** As a node has them that has claimed all lanes, of which some have something new. */
    final ConsumerTurns turns(EventConsumer consumer, List<Integer> grown) throws Exception {
        claimLanes(consumer, grown);
        return new ConsumerTurns(consumer.name(), work, lanes);
    }

    /** As above, of a consumer that answers later. */
    final CallTurns turns(AsyncConsumer consumer, List<Integer> grown) throws Exception {
        NodeContext context = claimLanes(consumer, grown);
        return new CallTurns(consumer, context, work, lanes, () -> {});
    }

    private NodeContext claimLanes(EventConsumer consumer, List<Integer> grown) throws Exception {
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
        return context;
    }
}
