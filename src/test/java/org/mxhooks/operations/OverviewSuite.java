package org.mxhooks.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.Sql;
import org.mxhooks.operations.WorkState.Parked;

/** Figures about the whole on every supported database. */
@Tag("persistence")
abstract class OverviewSuite extends WorkFixture {

    private Operations operations;

    @BeforeEach
    void meet() {
        operations = work.operator(database);
    }

    @Test
    void groupsDeadLettersByConsumerAndReasonTheLargestFirst() throws SQLException {
        List<Long> all = work.arrive(6);
        work.register("one", 0);
        work.register("other", 0);
        for (long position : all.subList(0, 3)) {
            work.park("one", position, Parked.DEAD);
        }
        work.park("other", all.get(0), Parked.DEAD_REPLAY);
        work.park("other", all.get(1), Parked.PARKED);
        work.execute("update mxhooks.parked set reason = 'full', dead_at = current_timestamp where consumer = 'one'");
        work.makeUndecodable(all.get(5));

        assertThat(operations.deadGroups())
                .extracting(DeadGroup::consumer, DeadGroup::reason, DeadGroup::count)
                .containsExactly(
                        tuple(Optional.empty(), "undecodable", new BoundedCount(1, false)),
                        tuple(Optional.of("one"), "full", new BoundedCount(3, false)),
                        tuple(Optional.of("other"), "", new BoundedCount(1, false)));
        assertThat(operations.deadGroups().get(1).latest()).isPresent();
    }

    @Test
    void findsEachReasonOfEachConsumer() throws SQLException {
        List<Long> all = work.arrive(5);
        work.register("one", 0);
        work.register("other", 0);
        for (String consumer : List.of("one", "other")) {
            for (long position : all) {
                work.park(consumer, position, Parked.DEAD);
            }
        }
        work.execute("update mxhooks.parked set reason = 'r' || (position - ?)", all.get(0));
        work.execute("update mxhooks.parked set dead = false where consumer = 'other' and position = ?", all.get(2));

        assertThat(operations.deadGroups())
                .extracting(group -> group.consumer().orElseThrow() + " " + group.reason())
                .containsExactly(
                        "one r0",
                        "one r1",
                        "one r2",
                        "one r3",
                        "one r4",
                        "other r0",
                        "other r1",
                        "other r3",
                        "other r4");
        assertThat(new DeadGroups(new Sql(database.dataSource()), 1).all())
                .as("counted up to a limit")
                .allMatch(group -> !group.count().more());
        work.execute("update mxhooks.parked set reason = 'r2' where reason = 'r3'");
        assertThat(new DeadGroups(new Sql(database.dataSource()), 1).all())
                .filteredOn(group -> group.reason().equals("r2"))
                .extracting(DeadGroup::count)
                .contains(new BoundedCount(1, true));
        work.execute("update mxhooks.parked set reason = 'r3' where consumer = 'one' and position = ?", all.get(3));
        assertThat(operations.countDead(Optional.of("one"), Optional.of("r2"))).isEqualTo(new BoundedCount(1, false));
        assertThat(operations.countDead(Optional.empty(), Optional.empty())).isEqualTo(new BoundedCount(9, false));
    }

    @Test
    void countsArrivalsByPeriod() throws SQLException {
        List<Long> all = work.arrive(10);
        work.age(all.get(5), 2);
        work.age(all.get(2), 4);
        Instant now = Instant.now();

        assertThat(operations.arrivals(now.minus(Duration.ofDays(5)), Duration.ofDays(1), 5))
                .isEqualTo(List.of(3L, 0L, 3L, 0L, 4L));
        assertThat(operations.arrivals(now.minus(Duration.ofDays(1)), Duration.ofHours(12), 2))
                .isEqualTo(List.of(0L, 4L));
    }

    @Test
    void countsWhatHappenedInEachPeriodOnAllNodes() throws SQLException {
        Instant noon = Instant.parse("2026-03-02T12:00:00Z");
        UUID one = UUID.randomUUID();
        operations.recordActivity(one, noon.plusSeconds(60), new Activity(1, 2, 3, 4, 5));
        operations.recordActivity(one, noon.plusSeconds(59), new Activity(0, 0, 10, 0, 0));
        operations.recordActivity(UUID.randomUUID(), noon.plusSeconds(60), new Activity(0, 0, 100, 0, 0));
        operations.recordActivity(one, noon.plusSeconds(180), new Activity(0, 7, 0, 0, 0));

        assertThat(operations.activity(noon, Duration.ofMinutes(2), 3))
                .containsExactly(new Activity(1, 2, 113, 4, 5), new Activity(0, 7, 0, 0, 0), Activity.NONE);
        operations.recordActivity(one, noon.plus(Duration.ofHours(49)), new Activity(0, 0, 1, 0, 0));
        assertThat(operations.activity(noon, Duration.ofMinutes(2), 3)).containsOnly(Activity.NONE);
    }

    /** Their index has them behind all that are due: they are not read. */
    @Test
    void thePulseSeesARetryBesideDeadLetters() throws Exception {
        work.register("one", 0);
        List<Long> all = work.arrive(300);
        work.park("one", all.get(0), Parked.PARKED);
        for (long position : all.subList(1, 300)) {
            work.park("one", position, Parked.DEAD);
        }
        work.execute("update mxhooks.parked set due = current_timestamp where not dead");
        String before = operations.pulse();
        assertThat(operations.pulse()).isEqualTo(before);

        work.execute("update mxhooks.parked set due = due + interval '1' minute where not dead");

        assertChanged(before);
    }

    @Test
    void knowsWhichNodesRun() throws SQLException {
        UUID running = UUID.randomUUID();
        UUID gone = UUID.randomUUID();
        work.execute(
                "insert into mxhooks.node (id, started_at, lease_until) values (?, current_timestamp - interval '2' hour, current_timestamp - interval '1' hour)",
                gone);
        work.execute(
                "insert into mxhooks.node (id, started_at, lease_until) values (?, current_timestamp, current_timestamp + interval '15' second)",
                running);

        assertThat(operations.nodes()).extracting(NodeState::id).containsExactly(gone, running);
        assertThat(operations.nodes()).extracting(NodeState::running).containsExactly(false, true);
    }

    @Test
    void thePulseChangesWithWhateverAnOperatorMaySee() throws Exception {
        work.register("one", 0);
        String before = operations.pulse();
        assertThat(operations.pulse()).isEqualTo(before);

        long position = work.arrive(1).get(0);
        before = assertChanged(before);
        work.execute("update mxhooks.lane set cursor = cursor + 1 where consumer = 'one' and lane = 3");
        before = assertChanged(before);
        work.park("one", position, Parked.REPLAY);
        before = assertChanged(before);
        work.execute("update mxhooks.parked set attempts = attempts + 1");
        before = assertChanged(before);
        operations.pause("one");
        before = assertChanged(before);
        work.unpark(position);
        before = assertChanged(before);
        work.execute(
                "insert into mxhooks.node (id, started_at, lease_until) values (?, current_timestamp, current_timestamp + interval '15' second)",
                UUID.randomUUID());
        before = assertChanged(before);
        work.execute(
                "insert into mxhooks.work_order (id, kind, ordered_by, ordered_at, waits_since, state, details, progress, done)"
                        + " values (?, 'some', 'operator', current_timestamp, current_timestamp, 'running', '', '', 0)",
                UUID.randomUUID());
        before = assertChanged(before);
        work.execute("update mxhooks.work_order set done = 5");
        assertChanged(before);
    }

    private String assertChanged(String before) throws SQLException {
        String now = operations.pulse();
        assertThat(now).isNotEqualTo(before);
        return now;
    }
}
