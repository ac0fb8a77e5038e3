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
import org.mxhooks.mendix.UndecodableBody;

/** Reads the log. */
final class LogReader {

    private static final String SUMMARY = """
            position, delivery, endpoint, received_at, portal_id, category, action, app_id, resource_type,
            resource_id, created_at, updated_at, remarks, undecodable""";

    private static final String ENTRY = "select " + SUMMARY + ", lane, headers, body from mxhooks.delivery";

    private static final String NO_REMARKS = "[]";

    /** {@code Json.createReader} would search the class path for a provider each time. */
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private final AttributesDecoder decoder;

    LogReader(AttributesDecoder decoder) {
        this.decoder = decoder;
    }

    long head(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select position from mxhooks.log_head");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    List<Integer> lanesGrown(Connection connection, long after, long upTo) throws SQLException {
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

    List<LogEntry> read(Connection connection, int lane, long after, int limit) throws SQLException {
        // The order names the lane too, because H2 reads a lane to its end otherwise.
        try (PreparedStatement select = connection.prepareStatement(
                ENTRY + " where lane = ? and position > ? order by lane, position limit ?")) {
            select.setInt(1, lane);
            select.setLong(2, after);
            select.setInt(3, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<LogEntry> deliveries = new ArrayList<>();
                while (rows.next()) {
                    deliveries.add(decodedAnew(entry(rows)));
                }
                return deliveries;
            }
        }
    }

    Optional<LogEntry> at(Connection connection, long position) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ENTRY + " where position = ?")) {
            select.setLong(1, position);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(decodedAnew(entry(row))) : Optional.empty();
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

    List<DeliverySummary> summaries(Connection connection, Collection<Long> positions) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + SUMMARY + " from mxhooks.delivery where position = any(?) order by position desc")) {
            select.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                List<DeliverySummary> summaries = new ArrayList<>();
                while (rows.next()) {
                    summaries.add(summary(rows));
                }
                return summaries;
            }
        }
    }

    Optional<LogEntry> find(Connection connection, UUID delivery) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ENTRY + " where delivery = ?")) {
            select.setObject(1, delivery);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(entry(row)) : Optional.empty();
            }
        }
    }

    Optional<LatestDelivery> latest(Connection connection, String endpoint) throws SQLException {
        // The order names the endpoint too, because H2 sorts all of its deliveries otherwise.
        try (PreparedStatement select = connection.prepareStatement("""
                select scheme, received_at, headers from mxhooks.delivery where endpoint = ?
                order by endpoint desc, position desc limit 1""")) {
            select.setString(1, endpoint);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new LatestDelivery(
                                row.getString("scheme"),
                                instant(row, "received_at").orElseThrow(),
                                row.getString("headers")))
                        : Optional.empty();
            }
        }
    }

    private static DeliverySummary summary(ResultSet row) throws SQLException {
        return new DeliverySummary(
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
        if (json.equals(NO_REMARKS)) {
            return List.of();
        }
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonString::getString);
        }
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static LogEntry entry(ResultSet row) throws SQLException {
        DeliverySummary summary = summary(row);
        return new LogEntry(
                summary.position(),
                summary.delivery(),
                summary.endpoint(),
                summary.receivedAt(),
                row.getInt("lane"),
                summary.attributes(),
                row.getString("headers"),
                Optional.ofNullable(row.getBytes("body")));
    }

    /** An entry without a resource, as this release decodes it: an earlier one may not have known what it is about. */
    private LogEntry decodedAnew(LogEntry entry) {
        Attributes stored = entry.attributes();
        if (stored.resource().isPresent() || !entry.decodable()) {
            return entry;
        }
        try {
            Attributes decoded = decoder.decode(stored, entry.body().orElseThrow(), entry.receivedAt());
            return new LogEntry(
                    entry.position(),
                    entry.delivery(),
                    entry.endpoint(),
                    entry.receivedAt(),
                    entry.lane(),
                    decoded,
                    entry.headers(),
                    entry.body());
        } catch (UndecodableBody e) {
            return entry; // whoever wants its event finds out
        }
    }
}
