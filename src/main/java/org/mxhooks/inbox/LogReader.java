package org.mxhooks.inbox;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.Resource;

final class LogReader {

    private static final String DELIVERY = """
            select position, delivery, endpoint, received_at, portal_id, lane, app_id, resource_type, resource_id, category,
            undecodable, headers, body from mxhooks.delivery""";

    private static final String KEPT = """
            position, delivery, endpoint, received_at, portal_id, category, action, app_id, resource_type,
            resource_id, created_at, updated_at, remarks, undecodable""";

    /** {@code Json.createReader} would search the class path for a provider each time. */
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    long head(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select position from mxhooks.log_head");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    List<Integer> lanesWithNews(Connection connection, long after, long upTo) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select distinct lane from mxhooks.delivery where position > ? and position <= ?")) {
            select.setLong(1, after);
            select.setLong(2, upTo);
            try (ResultSet rows = select.executeQuery()) {
                List<Integer> lanes = new ArrayList<>();
                while (rows.next()) {
                    lanes.add(rows.getInt(1));
                }
                return lanes;
            }
        }
    }

    List<LoggedDelivery> read(Connection connection, int lane, long after, int limit) throws SQLException {
        // The order names the lane too, because H2 reads a lane to its end otherwise.
        try (PreparedStatement select = connection.prepareStatement(
                DELIVERY + " where lane = ? and position > ? order by lane, position limit ?")) {
            select.setInt(1, lane);
            select.setLong(2, after);
            select.setInt(3, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<LoggedDelivery> deliveries = new ArrayList<>();
                while (rows.next()) {
                    deliveries.add(delivery(rows));
                }
                return deliveries;
            }
        }
    }

    Optional<LoggedDelivery> at(Connection connection, long position) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(DELIVERY + " where position = ?")) {
            select.setLong(1, position);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(delivery(row)) : Optional.empty();
            }
        }
    }

    Map<Long, Instant> receivedAt(Connection connection, Collection<Long> positions) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select position, received_at from mxhooks.delivery where position = any(?)")) {
            select.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                Map<Long, Instant> received = new HashMap<>();
                while (rows.next()) {
                    received.put(
                            rows.getLong(1),
                            rows.getObject(2, OffsetDateTime.class).toInstant());
                }
                return received;
            }
        }
    }

    List<KeptDelivery> kept(Connection connection, Collection<Long> positions) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + KEPT + " from mxhooks.delivery where position = any(?) order by position desc")) {
            select.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                List<KeptDelivery> kept = new ArrayList<>();
                while (rows.next()) {
                    kept.add(kept(rows));
                }
                return kept;
            }
        }
    }

    Optional<WholeDelivery> whole(Connection connection, UUID delivery) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + KEPT + ", headers, body from mxhooks.delivery where delivery = ?")) {
            select.setObject(1, delivery);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(whole(row)) : Optional.empty();
            }
        }
    }

    Optional<NewestDelivery> newest(Connection connection, String endpoint) throws SQLException {
        // The order names the endpoint too, because H2 sorts all of its deliveries otherwise.
        try (PreparedStatement select = connection.prepareStatement("""
                select scheme, received_at, headers from mxhooks.delivery where endpoint = ?
                order by endpoint desc, position desc limit 1""")) {
            select.setString(1, endpoint);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new NewestDelivery(
                                row.getString("scheme"),
                                instant(row, "received_at").orElseThrow(),
                                row.getString("headers")))
                        : Optional.empty();
            }
        }
    }

    private static WholeDelivery whole(ResultSet row) throws SQLException {
        return new WholeDelivery(kept(row), row.getString("headers"), Optional.ofNullable(row.getBytes("body")));
    }

    private static KeptDelivery kept(ResultSet row) throws SQLException {
        return new KeptDelivery(
                row.getLong("position"),
                row.getObject("delivery", UUID.class),
                row.getString("endpoint"),
                instant(row, "received_at").orElseThrow(),
                attributes(row));
    }

    private static Attributes attributes(ResultSet row) throws SQLException {
        return new Attributes(
                Optional.ofNullable(row.getString("portal_id")),
                row.getString("category"),
                row.getString("action"),
                Optional.ofNullable(row.getString("app_id")),
                resourceOf(row),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                remarks(row.getString("remarks")),
                Optional.ofNullable(row.getString("undecodable")));
    }

    private static Optional<Resource> resourceOf(ResultSet row) throws SQLException {
        String id = row.getString("resource_id");
        return Optional.ofNullable(row.getString("resource_type")).map(type -> new Resource(type, id));
    }

    private static List<String> remarks(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonString::getString);
        }
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static LoggedDelivery delivery(ResultSet row) throws SQLException {
        Optional<byte[]> body = Optional.ofNullable(row.getBytes("body"));
        return new LoggedDelivery(
                row.getLong("position"),
                row.getObject("delivery", UUID.class),
                row.getString("endpoint"),
                instant(row, "received_at").orElseThrow(),
                Optional.ofNullable(row.getString("portal_id")),
                row.getInt("lane"),
                resource(row),
                row.getString("category"),
                body.isPresent() && row.getString("undecodable") == null,
                row.getString("headers"),
                body.orElse(new byte[0]));
    }

    private static Optional<String> resource(ResultSet row) throws SQLException {
        Optional<String> appId = Optional.ofNullable(row.getString("app_id"));
        return resourceOf(row).map(resource -> resource.orderingKey(appId));
    }
}
