package org.mxhooks.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What lies beyond places of the log; one question for all of them. */
final class Places {

    /** The order names the lane too, because H2 sorts a whole lane otherwise. */
    private static final String FIRST_BEYOND = """
            select place.lane, place.position, (
                select d.position from mxhooks.delivery d where d.lane = place.lane and d.position > place.position
                order by d.lane, d.position limit 1)
            from unnest(cast(? as integer array), cast(? as bigint array)) as place (lane, position)""";

    Map<Place, Long> firstBeyond(Connection connection, Collection<Place> places) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIRST_BEYOND)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "integer", places.stream().map(Place::lane).toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint", places.stream().map(Place::position).toArray()));
            try (ResultSet rows = select.executeQuery()) {
                Map<Place, Long> first = new HashMap<>();
                while (rows.next()) {
                    long position = rows.getLong(3);
                    if (!rows.wasNull()) {
                        first.put(new Place(rows.getInt(1), rows.getLong(2)), position);
                    }
                }
                return first;
            }
        }
    }
}
