package org.mxhooks.inbox;

import static java.util.stream.Collectors.toMap;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many deliveries each lane has up to every 10,000th position. Positions are given out in the order of commits, so
 * what lies at or before the head does not change any more: a milestone is right for ever, and two nodes that set it
 * agree.
 */
final class LaneCounts {

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

    private LaneCounts() {}

    /** Sets the next milestone in one statement; returns whether there may be another to set. */
    static boolean setNext(Connection connection, long head) throws SQLException {
        long last = last(connection);
        long next = last + EVERY;
        if (next > head) {
            return false;
        }
        try (PreparedStatement set = connection.prepareStatement(SET)) {
            set.setLong(1, next);
            set.setLong(2, last);
            set.setLong(3, last);
            set.setLong(4, next);
            set.executeUpdate();
        }
        return next + EVERY <= head;
    }

    /** How many deliveries each place has beyond it, up to the head. */
    static Map<Place, Long> countBeyond(Connection connection, Collection<Place> places, long head)
            throws SQLException {
        Set<Place> distinct = Set.copyOf(places);
        Set<Place> withEnds = new HashSet<>(distinct);
        distinct.forEach(place -> withEnds.add(new Place(place.lane(), head)));
        Map<Place, Long> upTo = countUpTo(connection, withEnds);
        return distinct.stream()
                .collect(toMap(place -> place, place -> upTo.get(new Place(place.lane(), head)) - upTo.get(place)));
    }

    private static Map<Place, Long> countUpTo(Connection connection, Collection<Place> places) throws SQLException {
        long last = last(connection);
        Object[] milestones = places.stream()
                .map(place -> Math.min(last, place.position() / EVERY * EVERY))
                .toArray();
        try (PreparedStatement select = connection.prepareStatement(UP_TO)) {
            select.setArray(1, Places.lanes(connection, places));
            select.setArray(2, Places.positions(connection, places));
            select.setArray(3, connection.createArrayOf("bigint", milestones));
            return Places.numbers(select);
        }
    }

    /** Where the last one stands; 0 before the first. */
    private static long last(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select max(position) from mxhooks.lane_count");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
