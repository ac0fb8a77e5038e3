package org.mxhooks.inbox;

import static java.util.stream.Collectors.toMap;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
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

    private static final String UP_TO = """
            select place.lane, place.position,
                coalesce((
                    select m.deliveries from mxhooks.lane_count m
                    where m.position = place.milestone and m.lane = place.lane), 0)
                + (
                    select count(*) from mxhooks.delivery d
                    where d.lane = place.lane and d.position > place.milestone and d.position <= place.position)
            from unnest(cast(? as integer array), cast(? as bigint array), cast(? as bigint array))
                as place (lane, position, milestone)""";

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

    /** How many deliveries each place has beyond it, up to the head. */
    Map<Place, Long> countBeyond(Collection<Place> places, long head) throws SQLException {
        Set<Place> distinct = Set.copyOf(places);
        Set<Place> withEnds = new HashSet<>(distinct);
        distinct.forEach(place -> withEnds.add(new Place(place.lane(), head)));
        Map<Place, Long> upTo = countUpTo(new PlaceArrays(withEnds));
        return distinct.stream()
                .collect(toMap(place -> place, place -> upTo.get(new Place(place.lane(), head)) - upTo.get(place)));
    }

    private Map<Place, Long> countUpTo(PlaceArrays arrays) throws SQLException {
        long last = last();
        Sql.Array milestones = Sql.Array.ofBigints(arrays.places().stream()
                .map(place -> Math.min(last, place.position() / EVERY * EVERY))
                .toList());
        return PlaceArrays.numbers(
                sql.query(UP_TO, PlaceArrays.Numbered::of, arrays.lanes(), arrays.positions(), milestones));
    }

    /** Where the last one stands; 0 before the first. */
    private long last() throws SQLException {
        return sql.first("select max(position) from mxhooks.lane_count", row -> row.getLong(1))
                .orElseThrow();
    }
}
