package org.mxhooks.inbox;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import org.mxhooks.database.Sql;

/**
 * How many deliveries each lane has up to a place. Positions are given out in the order of commits, so what lies at or
 * before the head does not change any more, and a count is right for ever. Every 10,000 positions one is stored; two
 * nodes that set such a milestone agree. The latest counts are remembered as well, until a failover to an older
 * database, so that a reading each second counts only what arrived since. Thread-safe.
 */
final class LaneCounts {

    static final int EVERY = 10_000;

    /** The lanes of 500 consumers, about 2 MB. */
    private static final int MAX_REMEMBERED = 500 * Place.LANES;

    private static final Comparator<Place> IN_ORDER =
            Comparator.comparingInt(Place::lane).thenComparingLong(Place::position);

    /** The last line sets a milestone also where nothing came before it. */
    private static final String SET = """
            insert into mxhooks.lane_count (position, lane, deliveries)
            select ?, counted.lane, sum(counted.deliveries) from (
                select lane, deliveries from mxhooks.lane_count where position = ?
                union all
                select lane, count(*) from mxhooks.delivery where position > ? and position <= ? group by lane
                union all
                select 0, 0) as counted (lane, deliveries)
            group by counted.lane on conflict do nothing""";

    /** Without a milestone the count from the place before. */
    private static final String COUNTS = """
            select place.lane, place.position,
                coalesce((
                    select m.deliveries from mxhooks.lane_count m
                    where m.position = place.milestone and m.lane = place.lane), 0)
                + (
                    select count(*) from mxhooks.delivery d
                    where d.lane = place.lane and d.position > place.origin and d.position <= place.position)
            from unnest(cast(? as integer array), cast(? as bigint array), cast(? as bigint array), cast(? as bigint array))
                as place (lane, position, origin, milestone)""";

    private static final long NO_MILESTONE = -1;
    private static final long NOT_KNOWN = -1;

    private final Sql sql;
    private final LogReader reader;
    private volatile Memory memory = new Memory();

    LaneCounts(Sql sql, LogReader reader) {
        this.sql = sql;
        this.reader = reader;
    }

    /** What was counted while one log stood: after a failover to an older database positions are given out again. */
    private static final class Memory {
        private final ConcurrentNavigableMap<Place, Long> counts = new ConcurrentSkipListMap<>(IN_ORDER);
        private final AtomicReference<Map<Long, UUID>> last = new AtomicReference<>(Map.of());

        void extendTo(Map<Long, UUID> lastOfLog) {
            last.accumulateAndGet(
                    lastOfLog, (known, other) -> RecentLog.position(other) > RecentLog.position(known) ? other : known);
        }
    }

    /** Sets the next one, in one statement; returns whether there may be another to set. */
    boolean setNext(long head) throws SQLException {
        long last = last();
        long next = last + EVERY;
        if (next > head) {
            return false;
        }
        sql.update(SET, next, last, last, next);
        return next + EVERY <= head;
    }

    /**
     * How many deliveries each place has beyond it, up to the head. No delivery is counted twice, however many places
     * are beside each other in a lane.
     */
    Map<Place, Long> countBeyond(Collection<Place> places) throws SQLException {
        Map<Long, UUID> last = reader.last();
        if (!reader.stand(memory.last.get())) {
            memory = new Memory();
        }
        Memory known = memory;
        known.extendTo(last);
        long head = RecentLog.position(last);
        SortedSet<Place> withEnds = new TreeSet<>(IN_ORDER);
        withEnds.addAll(places);
        places.forEach(place -> withEnds.add(new Place(place.lane(), head)));
        Map<Place, Long> upTo = countUpTo(withEnds, known.counts);
        Map<Place, Long> beyond = new HashMap<>();
        places.forEach(place -> beyond.put(place, upTo.get(new Place(place.lane(), head)) - upTo.get(place)));
        return beyond;
    }

    private Map<Place, Long> countUpTo(SortedSet<Place> places, ConcurrentNavigableMap<Place, Long> remembered)
            throws SQLException {
        List<Step> steps = steps(places, remembered, last());
        Map<Place, Long> counts = count(steps.stream().filter(Step::isLong).toList());
        Map<Place, Long> upTo = new HashMap<>();
        for (Step step : steps) {
            upTo.put(step.place(), step.before(upTo) + counts.getOrDefault(step.place(), 0L));
        }
        if (remembered.size() + upTo.size() > MAX_REMEMBERED) {
            remembered.clear();
        }
        remembered.putAll(upTo);
        return upTo;
    }

    private Map<Place, Long> count(List<Step> steps) throws SQLException {
        if (steps.isEmpty()) {
            return Map.of();
        }
        PlaceArrays arrays = new PlaceArrays(steps.stream().map(Step::place).toList());
        return PlaceArrays.numbers(sql.query(
                COUNTS,
                PlaceArrays.Numbered::of,
                arrays.lanes(),
                arrays.positions(),
                Sql.Array.ofBigints(steps.stream().map(Step::origin).toList()),
                Sql.Array.ofBigints(steps.stream().map(Step::milestone).toList())));
    }

    private static List<Step> steps(
            SortedSet<Place> places, ConcurrentNavigableMap<Place, Long> remembered, long lastMilestone) {
        List<Step> steps = new ArrayList<>();
        Place before = null;
        for (Place place : places) {
            steps.add(step(place, before, remembered.floorEntry(place), lastMilestone));
            before = place;
        }
        return steps;
    }

    /** From what is nearest. */
    private static Step step(Place place, Place before, Map.Entry<Place, Long> known, long lastMilestone) {
        long milestone = Math.min(lastMilestone, place.position() / EVERY * EVERY);
        long near = Math.max(milestone, positionIn(place.lane(), before));
        if (known != null && positionIn(place.lane(), known.getKey()) >= near) {
            return new Step(place, known.getKey().position(), NO_MILESTONE, known.getValue());
        }
        return near > milestone
                ? new Step(place, near, NO_MILESTONE, NOT_KNOWN)
                : new Step(place, milestone, milestone, 0);
    }

    private static long positionIn(int lane, Place place) {
        return place != null && place.lane() == lane ? place.position() : -1;
    }

    /**
     * What is counted to a place.
     *
     * @param origin a place before it in its lane, or it itself
     * @param milestone the origin; {@link #NO_MILESTONE} if that is a place
     * @param known how many there are up to the origin, without those of a milestone; {@link #NOT_KNOWN} if the step
     *     before counts them
     */
    private record Step(Place place, long origin, long milestone, long known) {

        boolean isLong() {
            return milestone != NO_MILESTONE || origin != place.position();
        }

        long before(Map<Place, Long> upTo) {
            return known == NOT_KNOWN ? upTo.get(new Place(place.lane(), origin)) : known;
        }
    }

    /** Where the last one stands; 0 before the first. */
    private long last() throws SQLException {
        return sql.first("select max(position) from mxhooks.lane_count", row -> row.getLong(1))
                .orElseThrow();
    }
}
