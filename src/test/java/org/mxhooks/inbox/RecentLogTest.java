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

    /** Also where the position is the same: the database came back older, and another node appended. */
    @Test
    void beginsAnewWhereAnotherNodeAppended() {
        recent.add(Map.of(), entries(1, 7));
        List<LogEntry> appended = entries(8, 9);
        recent.add(OF_ANOTHER_NODE, appended);

        assertThat(recent.read(0, 6, 10)).isEmpty();
        assertThat(recent.read(0, 7, 10)).contains(List.of(appended.get(0)));
    }

    @Test
    void forgetsAllWhereTheLogHasAnotherLast() {
        List<LogEntry> appended = entries(1, 7);
        recent.add(Map.of(), appended);

        recent.keepIfLast(last(appended.subList(0, 6)));
        assertThat(recent.read(0, 5, 10)).as("it grew a moment later").isPresent();

        recent.keepIfLast(OF_ANOTHER_NODE);
        assertThat(recent.read(0, 5, 10)).isEmpty();
    }

    @Test
    void forgetsTheFirstBeyondItsBytes() {
        RecentLog small = new RecentLog(3_000);
        List<LogEntry> appended = entries(1, 4);
        small.add(Map.of(), appended);

        assertThat(small.read(0, 1, 10)).isEmpty();
        assertThat(small.read(0, 2, 10)).contains(List.of(appended.get(3)));
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
