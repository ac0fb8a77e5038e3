package org.mxhooks.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The wide part of the log, which does not stay for ever: bodies and headers. */
final class Bodies {

    List<Long> receivedBefore(Connection connection, Instant before, long after, int limit) throws SQLException {
        // Not "received_at < ?": where all is young that would read the log to its end.
        try (PreparedStatement select = connection.prepareStatement("""
                select position, received_at from mxhooks.delivery where position > ? order by position limit ?""")) {
            select.setLong(1, after);
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<Long> positions = new ArrayList<>();
                while (rows.next()
                        && rows.getObject(2, OffsetDateTime.class).toInstant().isBefore(before)) {
                    positions.add(rows.getLong(1));
                }
                return positions;
            }
        }
    }

    void lock(Connection connection, Collection<Long> positions) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                "select position from mxhooks.delivery where position = any(?) order by position for update")) {
            lock.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
            lock.executeQuery().close();
        }
    }

    void empty(Connection connection, Collection<Long> positions) throws SQLException {
        try (PreparedStatement empty = connection.prepareStatement("""
                update mxhooks.delivery set body = null, headers = '{}'
                where position = any(?) and (undecodable is null or exists (select 1 from mxhooks.discarded g
                where g.consumer = '' and g.position = mxhooks.delivery.position))""")) {
            empty.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
            empty.executeUpdate();
        }
    }
}
