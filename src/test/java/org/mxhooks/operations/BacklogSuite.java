package org.mxhooks.operations;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.Place;
import org.mxhooks.operations.WorkState.Parked;

/** Outstanding work of consumers on every supported database. */
@Tag("persistence")
abstract class BacklogSuite extends WorkFixture {

    Backlogs backlogs;

    @BeforeEach
    void begin() {
        backlogs = new Backlogs(new Sql(database.dataSource()), inbox);
    }

    @Test
    void knowsOfNobodyBeforeAnyoneIsRegistered() throws SQLException {
        work.arrive(1);

        assertThat(backlogs.all()).isEmpty();
    }

    @Test
    void isEmptyForAConsumerThatHasDealtWithEverything() throws SQLException {
        work.register("idle", 0);
        work.register("done", last(work.arrive(10)));
        work.moveCursors("idle", inbox.head());

        assertThat(backlogs.all())
                .containsExactly(
                        new Backlog("done", 0, 0, 0, 0, Optional.empty(), false, false, Optional.empty()),
                        new Backlog("idle", 0, 0, 0, 0, Optional.empty(), false, false, Optional.empty()));
    }

    @Test
    void countsWhatLiesBeyondTheCursorOfEachLane() throws SQLException {
        List<Long> all = work.arrive(100);
        work.register("absent", 0);
        work.register("behind", all.get(69));
        work.register("stuck", last(all));
        int lane = work.laneOf(all.get(40));
        work.moveCursor("stuck", lane, all.get(40) - 1);
        long inLane = work.positions(
                        "select position from mxhooks.delivery where lane = ? and position >= ?", lane, all.get(40))
                .size();

        assertThat(backlogs.all()).extracting(Backlog::pending).containsExactly(100L, 30L, inLane);
    }

    @Test
    void countsTheSameWithMilestonesAndAcrossGaps() throws SQLException {
        work.register("absent", 0);
        List<Long> first = arriveFarApart(40);
        work.register("behind", first.get(25));
        work.register("further", first.get(35));
        List<Backlog> counted = backlogs.all();
        assertThat(counted).extracting(Backlog::pending).containsExactly(40L, 14L, 4L);
        countLaness();
        assertThat(milestones()).isEqualTo(inbox.head() / 10_000);
        assertThat(backlogs.all()).isEqualTo(counted);

        work.arrive(5);

        assertThat(backlogs.all()).extracting(Backlog::pending).containsExactly(45L, 19L, 9L);
    }

    @Test
    void countsForManyConsumersBesideEachOther() throws SQLException {
        List<Long> all = arriveFarApart(40);
        all.addAll(work.arrive(60));
        for (int i = 0; i < all.size(); i++) {
            work.register("consumer-%02d".formatted(i), all.get(i));
        }
        List<Long> expected = LongStream.range(0, 100).mapToObj(i -> 99 - i).toList();

        assertThat(backlogs.all()).extracting(Backlog::pending).isEqualTo(expected);
        countLaness();
        assertThat(backlogs.all()).extracting(Backlog::pending).isEqualTo(expected);
    }

    @Test
    void readsMilestonesInsteadOfTheLog() throws SQLException {
        work.register("absent", 0);
        arriveFarApart(20);
        countLaness();

        work.execute("delete from mxhooks.delivery where position <= 10000");

        assertThat(backlogs.all()).extracting(Backlog::pending).containsExactly(20L);
    }

    @Test
    void readsOnlyWhatArrivedSinceItCounted() throws SQLException {
        work.register("absent", 0);
        work.arrive(20);
        backlogs.all();
        work.execute("delete from mxhooks.delivery where position < ?", inbox.head());

        work.arrive(5);

        assertThat(backlogs.all()).extracting(Backlog::pending).containsExactly(25L);
    }

    @Test
    void countsTheSameHoweverOftenItIsAsked() throws SQLException {
        work.register("half", 0);
        work.register("ahead", 0);
        for (int round = 0; round < 6; round++) {
            List<Long> arrived = work.arrive(30);
            work.moveCursors("ahead", last(arrived) - round);
            work.moveCursors("half", arrived.get(10));
            work.moveCursor("half", round, last(arrived));
            if (round == 3) {
                work.register("absent", 0); // before all that was counted
            }

            assertThat(backlogs.all()).extracting(Backlog::pending).isEqualTo(countedOneByOne());
            assertThat(backlogs.of("half").orElseThrow().pending()).isEqualTo(last(countedOneByOne()));
        }
    }

    /** Positions are given out again, in other lanes. */
    @Test
    void countsAnewAfterTheDatabaseCameBackOlder() throws SQLException {
        work.arrive(10);
        List<Long> lost = work.arrive(20);
        for (int lane = 0; lane < Place.LANES; lane++) {
            work.register("of-lane-%02d".formatted(lane), last(lost));
            work.moveCursor("of-lane-%02d".formatted(lane), lane, 0);
        }
        backlogs.all();

        work.execute("delete from mxhooks.delivery where position >= ?", lost.get(0));
        work.execute("delete from mxhooks.body where position >= ?", lost.get(0));
        work.arrive(3);
        work.arrive(22);

        assertThat(backlogs.all()).extracting(Backlog::pending).isEqualTo(countedOneByOne());
    }

    private List<Long> countedOneByOne() throws SQLException {
        return work.positions("select count(d.position) from mxhooks.lane l left join mxhooks.delivery d"
                + " on d.lane = l.lane and d.position > l.cursor group by l.consumer order by l.consumer");
    }

    @Test
    void setsMilestonesOneByOneAndBehindTheHead() throws SQLException {
        arriveAt(9_999);
        assertThat(inbox.countLanes()).isFalse();
        assertThat(milestones()).isZero();

        work.arrive(1);
        assertThat(inbox.countLanes()).isFalse();
        assertThat(milestones()).isEqualTo(1);

        arriveAt(40_000);
        assertThat(inbox.countLanes()).isTrue();
        assertThat(milestones()).isEqualTo(2);
        assertThat(inbox.countLanes()).isTrue();
        assertThat(inbox.countLanes()).isFalse();
        assertThat(milestones()).isEqualTo(4);
    }

    @Test
    void setsMilestonesWhereNothingWasKept() throws SQLException {
        arriveAt(25_000);

        countLaness();

        assertThat(milestones()).isEqualTo(2);
    }

    @Test
    void setsTheSameMilestonesOnTwoNodes() throws SQLException {
        work.register("absent", 0);
        arriveFarApart(30);
        arriveAt(500_000);

        var nodes = List.of(countLanessElsewhere(), countLanessElsewhere());

        nodes.forEach(node -> node.orTimeout(60, SECONDS).join());
        assertThat(milestones()).isEqualTo(inbox.head() / 10_000);
        assertThat(backlogs.all()).extracting(Backlog::pending).containsExactly(31L);
    }

    @Test
    void countsParkedReplayedAndDeadSeparately() throws SQLException {
        List<Long> all = work.arrive(10);
        work.register("one", last(all));
        work.register("other", last(all));
        work.park("one", all.get(0), Parked.DEAD);
        work.park("one", all.get(1), Parked.DEAD_REPLAY);
        work.park("one", all.get(2), Parked.REPLAY);
        for (int i = 3; i < 7; i++) {
            work.park("one", all.get(i), Parked.PARKED);
        }
        work.park("other", all.get(0), Parked.REPLAY);

        assertThat(backlogs.all())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("oldestPending")
                .containsExactly(
                        new Backlog("one", 0, 4, 1, 2, Optional.empty(), false, false, Optional.empty()),
                        new Backlog("other", 0, 0, 1, 0, Optional.empty(), false, false, Optional.empty()));
        for (Backlog backlog : backlogs.all()) {
            assertThat(backlogs.of(backlog.consumer())).contains(backlog);
        }
        assertThat(backlogs.of("nobody")).isEmpty();
    }

    @Test
    void showsSinceWhenTheOldestWaits() throws SQLException {
        List<Long> all = work.arrive(10);
        for (int i = 0; i < 10; i++) {
            work.execute(
                    "update mxhooks.delivery set received_at = current_timestamp - cast(? as integer)"
                            + " * interval '24' hour where position = ?",
                    100 - i,
                    all.get(i));
        }
        work.register("dead", last(all));
        work.park("dead", all.get(1), Parked.DEAD);
        work.park("dead", all.get(2), Parked.REPLAY);
        work.register("parked", all.get(6));
        work.park("parked", all.get(3), Parked.PARKED);
        work.register("pending", all.get(6));
        work.park("pending", all.get(1), Parked.DEAD);

        List<Backlog> found = backlogs.all();

        assertThat(found.get(0).oldestPending()).isEmpty();
        assertThat(daysAgo(found.get(1))).isEqualTo(97);
        assertThat(daysAgo(found.get(2))).isEqualTo(93);
    }

    private List<Long> arriveFarApart(int howMany) throws SQLException {
        long before = inbox.head();
        for (int i = 0; i < howMany; i++) {
            arriveAt(inbox.head() + 3_334);
        }
        return work.positions("select position from mxhooks.delivery where position > ? order by position", before);
    }

    /** Gaps mean nothing. */
    void arriveAt(long position) throws SQLException {
        work.execute("update mxhooks.delivery set position = ? where position = ?", position, last(work.arrive(1)));
    }

    private void countLaness() throws SQLException {
        for (int steps = 0; inbox.countLanes(); steps++) {
            assertThat(steps).isLessThan(1_000);
        }
    }

    CompletableFuture<Void> countLanessElsewhere() {
        return CompletableFuture.runAsync(() -> {
            try {
                countLaness();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    long milestones() throws SQLException {
        return work.positions("select count(distinct position) from mxhooks.lane_count")
                .get(0);
    }

    private static long daysAgo(Backlog backlog) {
        return ChronoUnit.DAYS.between(backlog.oldestPending().orElseThrow(), Instant.now());
    }

    private static long last(List<Long> positions) {
        return positions.get(positions.size() - 1);
    }
}
