package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.inbox.Place;
import org.mxhooks.resilience.Turns;

/** What a consumer does in its turns where it has one at a time, and each call takes a turn to its end. */
@Tag("persistence")
class TurnOrderEmbeddedIT extends DispatchFixture {

    private static final Duration TURN = Duration.ofMillis(250);

    @TempDir
    Path home;

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.h2(home.resolve(UUID.randomUUID().toString()));
    }

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
        ConsumerTurns turns = turns(consumer);

        for (int turn = 0; turn < 6; turn++) {
            turns.signalReplays();
            Turns.TurnWork work = turns.next().orElseThrow();
            work.run();
            work.end();
        }

        assertThat(consumer.notified())
                .containsExactly("replay of slow", "slow", "replay of slow", "slow", "replay of slow", "slow");
    }

    /** As a node has them that has claimed all lanes, of which three have something new. */
    private ConsumerTurns turns(EffectLog consumer) throws Exception {
        UUID id = UUID.randomUUID();
        NodeContext context = new NodeContext(id, inbox(), sql(), jta(), new Turns(Thread::new), meters);
        ConsumerWork work =
                ConsumerWork.of(context, new Limits(consumerTimeout, consumerTimeout, false, retry), consumer);
        new NodeTable(sql()).renew(id);
        work.registration().begin();
        work.ledger().lanes().claim(consumer.name(), Place.LANES, false);
        HeldLanes lanes = new HeldLanes(consumer.name(), work.ledger());
        lanes.keep(work.ledger().lanes().held(consumer.name()));
        for (Lane lane : lanes.all()) {
            if (lane.claim().lane() > 2) {
                lane.schedule().takePending();
            }
            lane.schedule().takeDue();
        }
        return new ConsumerTurns(consumer.name(), work, lanes);
    }
}
