package org.mxhooks.inbox;

import static java.util.stream.Collectors.toMap;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mxhooks.database.Sql;

/**
 * How many deliveries each lane has up to every 10,000th position. Positions are given out in the order of commits, so
 * what lies at or before the head does not change any more: a milestone is right for ever, and two nodes that set it
 * agree.
 */
record LaneCounts(Sql sql) {

    static final int EVERY = 10_000;

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
    Map<Place, Long> countBeyond(Collection<Place> places, long head) throws SQLException {
        Set<Place> withEnds = new HashSet<>(places);
        places.forEach(place -> withEnds.add(new Place(place.lane(), head)));
        Map<Place, Long> upTo = countUpTo(withEnds);
        return places.stream()
                .distinct()
                .collect(toMap(place -> place, place -> upTo.get(new Place(place.lane(), head)) - upTo.get(place)));
    }

    private Map<Place, Long> countUpTo(Collection<Place> places) throws SQLException {
        List<Step> steps = Step.ofAll(places, last());
        PlaceArrays arrays = new PlaceArrays(steps.stream().map(Step::place).toList());
        Map<Place, Long> counts = PlaceArrays.numbers(sql.query(
                COUNTS,
                PlaceArrays.Numbered::of,
                arrays.lanes(),
                arrays.positions(),
                Sql.Array.ofBigints(steps.stream().map(Step::origin).toList()),
                Sql.Array.ofBigints(steps.stream().map(Step::milestone).toList())));
        Map<Place, Long> upTo = new HashMap<>();
        for (Step step : steps) {
            Place place = step.place();
            long before = step.milestone() == NO_MILESTONE ? upTo.get(new Place(place.lane(), step.origin())) : 0;
            upTo.put(place, before + counts.get(place));
        }
        return upTo;
    }

    /**
     * What is counted to a place.
     *
     * @param origin the place before it in its lane, or the milestone that is nearer
     * @param milestone the origin; {@link #NO_MILESTONE} if that is a place
     */
    private record Step(Place place, long origin, long milestone) {

        static List<Step> ofAll(Collection<Place> places, long lastMilestone) {
            List<Step> steps = new ArrayList<>();
            Place before = null;
            for (Place place : places.stream().sorted(IN_ORDER).toList()) {
                long milestone = Math.min(lastMilestone, place.position() / EVERY * EVERY);
                boolean near = before != null && before.lane() == place.lane() && before.position() >= milestone;
                steps.add(
                        near
                                ? new Step(place, before.position(), NO_MILESTONE)
                                : new Step(place, milestone, milestone));
                before = place;
            }
            return steps;
        }
    }

    /** Where the last one stands; 0 before the first. */
    private long last() throws SQLException {
        return sql.first("select max(position) from mxhooks.lane_count", row -> row.getLong(1))
                .orElseThrow();
    }
}
