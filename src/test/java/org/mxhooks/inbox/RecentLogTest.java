package org.mxhooks.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mxhooks.mendix.Attributes;

class RecentLogTest {

    private static final Map<Long, UUID> OF_ANOTHER_NODE = Map.of(7L, UUID.randomUUID());

    private final RecentLog recent = new RecentLog(1_000_000);

    @Test
    void knowsTheDeliveriesOfALaneBehindAPosition() {
        List<LogEntry> appended = entries(8, 12);
        recent.add(OF_ANOTHER_NODE, appended);

        assertThat(recent.read(0, 7, 10)).contains(List.of(appended.get(0), appended.get(2), appended.get(4)));
        assertThat(recent.read(0, 8, 1)).contains(List.of(appended.get(2)));
        assertThat(recent.read(1, 11, 10)).contains(List.of());
        assertThat(recent.read(5, 7, 10)).contains(List.of());
    }

    @Test
    void knowsNothingOfALaneThatIsFurtherBehind() {
        assertThat(recent.read(0, 0, 10)).isEmpty();

        recent.add(OF_ANOTHER_NODE, entries(8, 12));

        assertThat(recent.read(0, 6, 10)).isEmpty();
    }

    @Test
    void continuesWhereItsLastIsTheLogs() {
        List<LogEntry> first = entries(1, 2);
        List<LogEntry> second = entries(3, 4);
        recent.add(Map.of(), first);
        recent.add(last(first), second);

        assertThat(recent.read(0, 0, 10)).contains(List.of(first.get(1), second.get(1)));
    }

    @Test
    void leavesOutWhatWasAppendedBehindAnotherNodesDeliveries() {
        List<LogEntry> log = entries(1, 9);
        recent.add(Map.of(), log.subList(0, 3));
        assertThat(recent.isBehind()).isFalse();

        recent.add(last(log.subList(0, 7)), log.subList(7, 9));

        assertThat(recent.isBehind()).isTrue();
        assertThat(recent.read(0, 0, 10)).contains(List.of(log.get(1)));
    }

    @Test
    void continuesWithWhatWasMissing() {
        List<LogEntry> log = entries(1, 9);
        recent.add(Map.of(), log.subList(0, 3));
        recent.add(last(log.subList(0, 7)), log.subList(7, 8));

        assertThat(recent.lastBefore(last(log))).contains(last(log.subList(0, 3)));
        recent.extend(last(log.subList(0, 3)), log.subList(2, 9), last(log));

        assertThat(recent.isBehind()).isFalse();
        assertThat(recent.lastBefore(last(log))).isEmpty();
        assertThat(recent.read(0, 2, 10)).contains(List.of(log.get(3), log.get(5), log.get(7)));
    }

    @Test
    void takesWhatWasReadBeforeItsWriterAddsIt() {
        List<LogEntry> log = entries(1, 5);
        recent.add(Map.of(), log.subList(0, 2));
        recent.extend(last(log.subList(0, 2)), log.subList(1, 4), last(log.subList(0, 4)));

        recent.add(last(log.subList(0, 2)), log.subList(2, 5));

        assertThat(recent.read(0, 0, 10)).contains(List.of(log.get(1), log.get(3)));
        assertThat(recent.read(1, 0, 10)).contains(List.of(log.get(0), log.get(2), log.get(4)));
    }

    @Test
    void keepsWhatWasReadBehindItsFloorBeforeTheWriterAddsIt() {
        List<LogEntry> log = entries(7, 12);
        Map<Long, UUID> floor = last(log.subList(0, 1));
        recent.lastBefore(floor);
        recent.extend(floor, log, last(log));

        recent.add(floor, log.subList(1, 3));

        assertThat(recent.read(0, 8, 10)).contains(List.of(log.get(3), log.get(5)));
    }

    @Test
    void keepsItsEndWhereTheWriterAddsWhatIsBeforeIt() {
        List<LogEntry> log = entries(1, 10);
        recent.lastBefore(last(log.subList(0, 8)));

        recent.add(last(log.subList(0, 3)), log.subList(3, 5));
        recent.add(last(log.subList(0, 5)), log.subList(5, 8));

        assertThat(recent.read(0, 5, 10)).as("is not here").isEmpty();
        recent.add(last(log.subList(0, 8)), log.subList(8, 10));
        assertThat(recent.read(0, 8, 10)).contains(List.of(log.get(9)));
    }

    @Test
    void beginsAnewWhereItsFloorIsAnother() {
        List<LogEntry> log = entries(1, 9);
        recent.lastBefore(OF_ANOTHER_NODE);

        recent.add(last(log.subList(0, 5)), log.subList(5, 8));

        assertThat(recent.read(0, 5, 10)).contains(List.of(log.get(5), log.get(7)));
    }

    @Test
    void beginsAnewAfterItForgotAll() {
        List<LogEntry> log = entries(1, 8);
        recent.lastBefore(OF_ANOTHER_NODE);
        recent.clear();

        recent.add(last(log.subList(0, 5)), log.subList(5, 8));

        assertThat(recent.read(0, 5, 10)).contains(List.of(log.get(5), log.get(7)));
    }

    /** The writer has gone on since that was read. */
    @Test
    void keepsWhatItHasWhereTheLastOfTheLogIsLongPast() {
        RecentLog small = new RecentLog(3_000);
        List<LogEntry> log = entries(1, 4);
        small.add(Map.of(), log);

        assertThat(small.lastBefore(last(log.subList(0, 1)))).isEmpty();
        assertThat(small.read(0, 2, 10)).contains(List.of(log.get(3)));
    }

    @Test
    void beginsAnewWhereTooMuchIsMissing() {
        List<LogEntry> log = entries(1, 9);
        recent.add(Map.of(), log.subList(0, 3));

        recent.extend(last(log.subList(0, 3)), log.subList(2, 8), last(log));

        assertThat(recent.read(0, 8, 10)).isEmpty();
        assertThat(recent.read(0, 9, 10)).contains(List.of());
    }

    @Test
    void ignoresWhatWasReadForAnotherPiece() {
        List<LogEntry> log = entries(1, 9);
        recent.add(Map.of(), log.subList(0, 3));
        recent.add(last(log.subList(0, 3)), log.subList(3, 4));

        recent.extend(last(log.subList(0, 3)), log.subList(2, 9), last(log));

        assertThat(recent.read(0, 0, 10)).contains(List.of(log.get(1), log.get(3)));
    }

    /** The database came back older, and positions were given out again. */
    @Test
    void beginsAnewWhereTheLogIsAnother() {
        List<LogEntry> before = entries(1, 7);
        List<LogEntry> again = entries(6, 8);
        recent.add(Map.of(), before);

        recent.add(last(before.subList(0, 5)), again);

        assertThat(recent.read(0, 4, 10)).isEmpty();
        assertThat(recent.read(0, 5, 10)).contains(List.of(again.get(0), again.get(2)));

        recent.extend(last(again), entries(8, 9), Map.of(9L, UUID.randomUUID()));
        assertThat(recent.read(0, 8, 10)).as("its last is another").isEmpty();
    }

    @Test
    void forgetsAllWhereTheLogHasAnotherLast() {
        List<LogEntry> appended = entries(1, 7);
        recent.add(Map.of(), appended);

        assertThat(recent.lastBefore(last(appended.subList(0, 6)))).isEmpty();
        assertThat(recent.read(0, 5, 10)).as("it grew a moment later").contains(List.of(appended.get(5)));

        assertThat(recent.lastBefore(OF_ANOTHER_NODE)).isEmpty();
        assertThat(recent.read(0, 5, 10)).isEmpty();
    }

    @Test
    void knowsWhatIsNewInEachLane() {
        List<LogEntry> log = entries(1, 6);
        recent.add(Map.of(), log);

        assertThat(recent.tail(3))
                .isEqualTo(new LogTail(
                        3,
                        6,
                        Map.of(
                                0, laneTail(log.get(1), log.get(3), log.get(5)),
                                1, laneTail(log.get(2), log.get(4)))));
        assertThat(recent.tail(6)).isEqualTo(new LogTail(6, 6, Map.of()));
    }

    @Test
    void doesNotKnowWhatIsNewBeforeItsBegin() {
        List<LogEntry> appended = entries(8, 8);
        recent.add(OF_ANOTHER_NODE, appended);

        assertThat(recent.tail(3)).isEqualTo(new LogTail(7, 8, Map.of(0, new LaneTail(7, Optional.empty(), appended))));
    }

    /** So that who passed one of them in memory can tell that nothing is missing behind it. */
    @Test
    void knowsWhatStandsBeforeWhatIsNew() {
        List<LogEntry> log = entries(1, 6);
        recent.add(Map.of(), log);
        LaneTail tail = recent.tail(3).byLane().get(0);

        assertThat(tail.knows(2, log.get(1).delivery())).isTrue();
        assertThat(tail.knows(4, log.get(3).delivery())).isTrue();
        assertThat(tail.knows(2, UUID.randomUUID())).isFalse();
        assertThat(tail.knows(4, log.get(1).delivery())).isFalse();
    }

    private static LaneTail laneTail(LogEntry before, LogEntry... entries) {
        return new LaneTail(before.position(), Optional.of(before.delivery()), List.of(entries));
    }

    @Test
    void forgetsTheFirstBeyondItsBytes() {
        RecentLog small = new RecentLog(3_000);
        List<LogEntry> appended = entries(1, 4);
        small.add(Map.of(), appended);

        assertThat(small.read(0, 1, 10)).isEmpty();
        assertThat(small.read(0, 2, 10)).contains(List.of(appended.get(3)));
    }

    @Test
    void forgetsTheFirstBeyondItsNumber() {
        RecentLog large = new RecentLog(Long.MAX_VALUE);
        large.add(Map.of(), entries(1, 4_097));

        assertThat(large.read(0, 0, 1)).isEmpty();
        assertThat(large.read(0, 1, 1)).isPresent();
    }

    private static Map<Long, UUID> last(List<LogEntry> entries) {
        LogEntry last = entries.get(entries.size() - 1);
        return Map.of(last.position(), last.delivery());
    }

    /** Even positions are in lane 0, odd ones in lane 1. */
    private static List<LogEntry> entries(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(position -> new LogEntry(
                        position,
                        UUID.randomUUID(),
                        "default",
                        "projects",
                        Instant.EPOCH,
                        position % 2,
                        Attributes.ofUndecodable(Optional.empty(), List.of(), "no JSON"),
                        "{}",
                        Optional.of(new byte[300])))
                .toList();
    }
}
