package org.mxhooks.portal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.signature.Message;

/** A delivery that is due: what each of its attempts sends. */
record Parcel(
        long seq,
        String id,
        String resource,
        String type,
        byte[] body,
        int attempts,
        Optional<Instant> firstAttemptAt) {

    static Parcel of(ResultSet row) throws SQLException {
        return new Parcel(
                row.getLong("seq"),
                row.getString("id"),
                row.getString("resource"),
                row.getString("type"),
                row.getBytes("body"),
                row.getInt("attempts"),
                Cells.instant(row, "first_attempt_at"));
    }

    /** The headers of an attempt now. Every value but a signed time is the same in each. */
    Map<String, String> headers(PortalWebhook webhook, InstantSource clock) {
        Map<String, String> headers = new LinkedHashMap<>();
        webhook.headers().forEach(header -> headers.put(header.key(), header.value()));
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Mx-Platform");
        if (webhook.family() == WebhookFamily.DEPLOYMENT) {
            headers.put("Connection", "close");
        }
        headers.putAll(webhook.family().scheme().sign(new Message(id, Optional.of(type), body), webhook.key(), clock));
        return headers;
    }
}
