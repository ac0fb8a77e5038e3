package org.mxhooks.inbox;

import org.mxhooks.mendix.Resource;

/** What is inserted for a row of the log beside its position and the time. */
final class LogColumns {

    /** Of {@code delivery}. */
    static final ColumnArrays<LogRow> DELIVERY = new ColumnArrays<LogRow>()
            .column("delivery", "uuid", LogRow::delivery)
            .column(
                    "created_at",
                    "timestamp with time zone",
                    row -> LogRow.time(row.attributes().createdAt()))
            .column(
                    "updated_at",
                    "timestamp with time zone",
                    row -> LogRow.time(row.attributes().updatedAt()))
            .column("lane", "smallint", LogRow::lane)
            .text("endpoint", row -> row.arrival().endpoint())
            .text("scheme", row -> row.arrival().scheme())
            .bytes("identity", row -> row.identity().array())
            .bytes("body_hash", LogRow::bodyHash)
            .text("portal_id", row -> row.attributes().portalId().orElse(null))
            .text("category", row -> row.attributes().category())
            .text("action", row -> row.attributes().action())
            .text("app_id", row -> row.attributes().appId().orElse(null))
            .text(
                    "resource_type",
                    row -> row.attributes().resource().map(Resource::type).orElse(null))
            .text(
                    "resource_id",
                    row -> row.attributes().resource().map(Resource::id).orElse(null))
            .text("remarks", LogRow::remarks);

    /** Of {@code body}. */
    static final ColumnArrays<LogRow> BODY = new ColumnArrays<LogRow>()
            .text("headers", row -> row.arrival().headers())
            .bytes("bytes", row -> row.arrival().body());

    /** Of {@code undecodable}; null for most. */
    static final ColumnArrays<LogRow> UNDECODABLE = new ColumnArrays<LogRow>()
            .text("reason", row -> row.attributes().undecodable().orElse(null));

    private LogColumns() {}
}
