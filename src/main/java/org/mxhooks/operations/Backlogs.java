package org.mxhooks.operations;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.toSet;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.Place;

/** Computes the outstanding work of every registered consumer, be it on this node, on another or on none. */
final class Backlogs {

    private static final String TALLIES = """
            select consumer,
                count(*) filter (where not dead and not replay),
                count(*) filter (where not dead and replay),
                count(*) filter (where dead),
                min(position) filter (where not dead and not replay)
            from mxhooks.parked where true%s group by consumer""";

    private static final String STANDINGS = """
            select c.name, c.paused, exists (
                select 1 from mxhooks.node_consumer f join mxhooks.node n on n.id = f.node
                where f.consumer = c.name and n.lease_until >= current_timestamp)
            from mxhooks.consumer c where true%s""";

    private static final String WAITS = """
            select consumer, waiting_since, waiting_until, wait_reason, wait_message from mxhooks.lane
            where wait_cursor = cursor%s""";

    private static final String CURSORS = "select lane, cursor, consumer from mxhooks.lane where true%s";

    private final Sql sql;
    private final Inbox inbox;

    Backlogs(Sql sql, Inbox inbox) {
        this.sql = sql;
        this.inbox = inbox;
    }

    /** Of a consumer's rows in {@code parked}. */
    private record Tally(long parked, long replays, long dead, Optional<Long> oldest) {

        static final Tally NONE = new Tally(0, 0, 0, Optional.empty());
    }

    /** Whether a consumer is notified: not if an operator paused it, or no node has it. */
    private record Standing(boolean paused, boolean deployed) {

        static final Standing NONE = new Standing(false, false);
    }

    /** Of which consumers: of all where the condition is empty. */
    private record Which(String condition, Object... values) {

        static final Which ALL = new Which("");

        static Which one(String column, String consumer) {
            return new Which(" and " + column + " = ?", consumer);
        }
    }

    /** Of one consumer, at the cost of one; empty if it is unknown. */
    Optional<Backlog> of(String consumer) throws SQLException {
        return read(Which.one("consumer", consumer), Which.one("c.name", consumer)).stream()
                .findFirst();
    }

    /** In the order of the consumers' names. */
    List<Backlog> all() throws SQLException {
        return read(Which.ALL, Which.ALL);
    }

    /**
     * Cursors are read first and parked events last: one that is parked meanwhile is counted twice rather than not at
     * all.
     */
    private List<Backlog> read(Which which, Which named) throws SQLException {
        Map<String, Set<Place>> cursors = cursors(which);
        Set<Place> places = cursors.values().stream().flatMap(Set::stream).collect(toSet());
        Map<Place, Long> counts = inbox.countBeyond(places);
        Set<Place> behind =
                places.stream().filter(place -> counts.get(place) > 0).collect(toSet());
        Map<Place, Long> firsts = inbox.firstBeyond(behind);
        Map<String, Tally> tallies = tallies(which);
        Map<String, Standing> standings = standings(named);
        Map<String, Waiting> waits = waits(which);
        Map<Long, Instant> receivedAt = inbox.receivedAt(oldestOfEach(cursors, firsts, tallies));
        return cursors.entrySet().stream()
                .map(consumer -> {
                    Tally tally = tallies.getOrDefault(consumer.getKey(), Tally.NONE);
                    Standing standing = standings.getOrDefault(consumer.getKey(), Standing.NONE);
                    return new Backlog(
                            consumer.getKey(),
                            consumer.getValue().stream().mapToLong(counts::get).sum(),
                            tally.parked(),
                            tally.replays(),
                            tally.dead(),
                            oldest(consumer.getValue(), firsts, tally).map(receivedAt::get),
                            standing.paused(),
                            standing.deployed(),
                            Optional.ofNullable(waits.get(consumer.getKey())));
                })
                .toList();
    }

    private static Set<Long> oldestOfEach(
            Map<String, Set<Place>> cursors, Map<Place, Long> firsts, Map<String, Tally> tallies) {
        return cursors.entrySet().stream()
                .flatMap(consumer ->
                        oldest(consumer.getValue(), firsts, tallies.getOrDefault(consumer.getKey(), Tally.NONE))
                                .stream())
                .collect(toSet());
    }

    private static Optional<Long> oldest(Set<Place> cursors, Map<Place, Long> firsts, Tally tally) {
        Stream<Long> pending = cursors.stream().map(firsts::get).filter(Objects::nonNull);
        return Stream.concat(pending, tally.oldest().stream()).min(naturalOrder());
    }

    private Map<String, Set<Place>> cursors(Which which) throws SQLException {
        Map<String, Set<Place>> cursors = new TreeMap<>();
        sql.query(
                CURSORS.formatted(which.condition()),
                row -> cursors.computeIfAbsent(row.getString(3), unused -> new HashSet<>())
                        .add(Place.of(row)),
                which.values());
        return cursors;
    }

    private Map<String, Tally> tallies(Which which) throws SQLException {
        Map<String, Tally> tallies = new HashMap<>();
        sql.query(
                TALLIES.formatted(which.condition()),
                row -> tallies.put(
                        row.getString(1),
                        new Tally(
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                Optional.ofNullable(row.getObject(5, Long.class)))),
                which.values());
        return tallies;
    }

    private Map<String, Waiting> waits(Which which) throws SQLException {
        Map<String, Waiting> waits = new HashMap<>();
        sql.query(
                WAITS.formatted(which.condition()),
                row -> waits.merge(row.getString("consumer"), Waiting.of(row), Waiting::with),
                which.values());
        return waits;
    }

    private Map<String, Standing> standings(Which which) throws SQLException {
        Map<String, Standing> standings = new HashMap<>();
        sql.query(
                STANDINGS.formatted(which.condition()),
                row -> standings.put(row.getString(1), new Standing(row.getBoolean(2), row.getBoolean(3))),
                which.values());
        return standings;
    }
}
