package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** A consumer's lanes on this node. Safe for use by many threads. */
final class HeldLanes {

    /** Behind it are {@linkplain #after all}, in their order. */
    static final int NO_LANE = -1;

    private final String consumer;
    private final Ledger ledger;
    private final ConcurrentNavigableMap<Integer, Lane> byNumber = new ConcurrentSkipListMap<>();

    HeldLanes(String consumer, Ledger ledger) {
        this.consumer = consumer;
        this.ledger = ledger;
    }

    Collection<Lane> all() {
        return byNumber.values();
    }

    Set<Integer> numbers() {
        return byNumber.keySet();
    }

    Optional<Lane> lane(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    List<Lane> among(Collection<Integer> numbers) {
        return numbers.stream().map(byNumber::get).filter(Objects::nonNull).toList();
    }

    /** All of them, beginning behind one and ending with it. */
    Stream<Lane> after(int number) {
        return Stream.concat(
                byNumber.tailMap(number, false).values().stream(), byNumber.headMap(number, true).values().stream());
    }

    /** Those in which events are parked. */
    List<LaneKey> parked() {
        return all().stream()
                .filter(Lane::hasEventsParked)
                .map(lane -> new LaneKey(consumer, lane.claim().lane()))
                .toList();
    }

    /** Drops what is no longer held and reads what is new or was lost. */
    void keep(Collection<LaneClaim> held) throws SQLException {
        byNumber.values().removeIf(lane -> held.stream().noneMatch(lane.claim()::isSameClaimAs));
        read(held.stream().filter(this::isUnread).toList());
    }

    /** Reads what was lost, as far as it is held. */
    void readLost(Collection<LaneClaim> held) throws SQLException {
        read(held.stream().filter(this::isLost).toList());
    }

    private void read(List<LaneClaim> unread) throws SQLException {
        if (unread.isEmpty()) {
            return;
        }
        Set<Integer> waiting = ledger.parkedLanes()
                .waitIn(consumer, unread.stream().map(LaneClaim::lane).toList());
        for (LaneClaim claim : unread) {
            boolean eventsParked = waiting.contains(claim.lane());
            byNumber.merge(
                    claim.lane(),
                    new Lane(claim, eventsParked),
                    (known, unused) -> known.readAgain(claim, eventsParked));
        }
    }

    private boolean isUnread(LaneClaim claim) {
        Lane known = byNumber.get(claim.lane());
        return known == null || known.schedule().isLost() || known.disagreesWith(claim.position());
    }

    private boolean isLost(LaneClaim claim) {
        return lane(claim.lane()).filter(lane -> lane.schedule().isLost()).isPresent();
    }

    /** Hands over so many lanes to other nodes, each as soon as nobody works on it. */
    void handOver(int excess) throws SQLException {
        int leaving = 0;
        for (Lane lane : all()) {
            lane.schedule().leave(leaving < excess);
            leaving++;
        }
        List<Lane> left =
                all().stream().filter(lane -> lane.schedule().loseIfLeft()).toList();
        for (Lane lane : left) {
            ledger.lanes().release(lane.claim());
        }
        all().removeAll(left);
    }

    void clear() {
        byNumber.clear();
    }
}
