package org.mxhooks.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.Resource;

/** A row and its place in the log: how it is inserted there. */
record PlacedRow(long position, LogRow row) {

    private static final BulkInsert<PlacedRow> DELIVERIES = new BulkInsert<PlacedRow>("mxhooks.delivery")
            .bigint("position", PlacedRow::position)
            .column("delivery", "uuid", placed -> placed.row().delivery())
            .column(
                    "created_at",
                    "timestamp with time zone",
                    placed -> LogRow.time(placed.attributes().createdAt()))
            .column(
                    "updated_at",
                    "timestamp with time zone",
                    placed -> LogRow.time(placed.attributes().updatedAt()))
            .column("lane", "smallint", placed -> placed.row().lane())
            .text("endpoint", placed -> placed.row().arrival().endpoint())
            .text("scheme", placed -> placed.row().arrival().scheme())
            .bytes("identity", placed -> placed.row().identity().array())
            .bytes("body_hash", placed -> placed.row().bodyHash())
            .text("portal_id", placed -> placed.attributes().portalId().orElse(null))
            .text("category", placed -> placed.attributes().category())
            .text("action", placed -> placed.attributes().action())
            .text("app_id", placed -> placed.attributes().appId().orElse(null))
            .text(
                    "resource_type",
                    placed -> placed.attributes().resource().map(Resource::type).orElse(null))
            .text(
                    "resource_id",
                    placed -> placed.attributes().resource().map(Resource::id).orElse(null))
            .text("remarks", placed -> placed.row().remarks())
            .now("received_at");

    private static final BulkInsert<PlacedRow> BODIES = new BulkInsert<PlacedRow>("mxhooks.body")
            .bigint("position", PlacedRow::position)
            .text("headers", placed -> placed.row().arrival().headers())
            .bytes("bytes", placed -> placed.row().arrival().body());

    private static final BulkInsert<PlacedRow> UNDECODABLE = new BulkInsert<PlacedRow>("mxhooks.undecodable")
            .bigint("position", PlacedRow::position)
            .text("reason", placed -> placed.attributes().undecodable().orElseThrow());

    /** Inserts them, in the caller's transaction. */
    static void insert(Connection connection, List<PlacedRow> rows) throws SQLException {
        DELIVERIES.execute(connection, rows, BODIES);
        UNDECODABLE.execute(
                connection, rows.stream().filter(PlacedRow::isUndecodable).toList());
    }

    Attributes attributes() {
        return row.arrival().attributes();
    }

    boolean isUndecodable() {
        return attributes().undecodable().isPresent();
    }

    LogEntry entry(Instant receivedAt) {
        Arrival arrival = row.arrival();
        return new LogEntry(
                position,
                row.delivery(),
                arrival.endpoint(),
                arrival.scheme(),
                receivedAt,
                row.lane(),
                arrival.attributes(),
                arrival.headers(),
                Optional.of(arrival.body()));
    }
}
