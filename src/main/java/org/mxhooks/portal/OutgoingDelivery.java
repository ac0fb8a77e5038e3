package org.mxhooks.portal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * A delivery as lists show it.
 *
 * @param type the event's category, or its type in the deployment family
 * @param resource whose deliveries are in order
 * @param status of the last answer
 * @param error of the last attempt, if there was no answer
 * @param nextAttemptAt empty if it is finished, or held back by an earlier one of its resource
 */
record OutgoingDelivery(
        String id,
        String app,
        String webhook,
        String webhookName,
        String family,
        String type,
        String label,
        String resource,
        String state,
        int attempts,
        Optional<Integer> status,
        Optional<String> error,
        Instant createdAt,
        Optional<Instant> finishedAt,
        Optional<Instant> nextAttemptAt) {

    static final String WAITING = "waiting";
    static final String DELIVERED = "delivered";
    static final String FAILED = "failed";
    static final String CANCELLED = "cancelled";

    static final String SELECT = """
            select d.seq, d.id, d.app, d.webhook, w.name webhook_name, w.family, e.type, e.label, d.resource, d.state,
              d.attempts, d.status, d.error, d.created_at, d.finished_at, h.due
            from delivery d join event e on e.id = d.event join webhook w on w.id = d.webhook
              left join head h on h.webhook = d.webhook and h.resource = d.resource and h.seq = d.seq
            """;

    static OutgoingDelivery of(ResultSet row) throws SQLException {
        return new OutgoingDelivery(
                row.getString("id"),
                row.getString("app"),
                row.getString("webhook"),
                row.getString("webhook_name"),
                row.getString("family"),
                row.getString("type"),
                row.getString("label"),
                row.getString("resource"),
                row.getString("state"),
                row.getInt("attempts"),
                Cells.integer(row, "status"),
                Cells.text(row, "error"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Cells.instant(row, "finished_at"),
                Cells.instant(row, "due"));
    }

    FeedItem toFeedItem() {
        return FeedItem.changed("delivery", app, id, this);
    }
}
