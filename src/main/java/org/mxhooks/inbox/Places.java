package org.mxhooks.inbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Answers about many places of the log with one statement. */
final class Places {

    /** The order names the lane too, because H2 reads a lane to its end otherwise. */
    private static final String FIRST_BEYOND = """
            select place.lane, place.position, (
                select d.position from mxhooks.delivery d where d.lane = place.lane and d.position > place.position
                order by d.lane, d.position limit 1)
            from unnest(cast(? as integer array), cast(? as bigint array)) as place (lane, position)""";

    private Places() {}

    static Map<Place, Long> firstBeyond(Connection connection, Collection<Place> places) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIRST_BEYOND)) {
            select.setArray(1, lanes(connection, places));
            select.setArray(2, positions(connection, places));
            return numbers(select);
        }
    }

    static Array lanes(Connection connection, Collection<Place> places) throws SQLException {
        return connection.createArrayOf(
                "integer", places.stream().map(Place::lane).toArray());
    }

    static Array positions(Connection connection, Collection<Place> places) throws SQLException {
        return connection.createArrayOf(
                "bigint", places.stream().map(Place::position).toArray());
    }

    /** For rows of lane, position and a number; a place without one is left out. */
    static Map<Place, Long> numbers(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            Map<Place, Long> numbers = new HashMap<>();
            while (rows.next()) {
                long number = rows.getLong(3);
                if (!rows.wasNull()) {
                    numbers.put(new Place(rows.getInt(1), rows.getLong(2)), number);
                }
            }
            return numbers;
        }
    }
}
