package org.mxhooks.portal;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.mxhooks.signature.HmacKey;

/**
 * A webhook of an app.
 *
 * @param secret never in a list
 * @param events that it is subscribed to: categories, or event types of the deployment family
 * @param headers sent with each delivery
 */
record PortalWebhook(
        String id,
        String app,
        WebhookFamily family,
        String name,
        String url,
        String secret,
        List<String> events,
        boolean active,
        List<CustomHeader> headers,
        Instant createdAt) {

    static PortalWebhook of(ResultSet row) throws SQLException {
        return new PortalWebhook(
                row.getString("id"),
                row.getString("app"),
                WebhookFamily.named(row.getString("family")).orElseThrow(),
                row.getString("name"),
                row.getString("url"),
                row.getString("secret"),
                Arrays.stream(row.getString("events").split(","))
                        .filter(event -> !event.isEmpty())
                        .toList(),
                row.getBoolean("active"),
                headers(row.getString("headers")),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }

    HmacKey key() {
        return family.scheme().key(secret);
    }

    String headersText() {
        JsonArrayBuilder array = PortalJson.BUILDERS.createArrayBuilder();
        headers.forEach(header -> array.add(header.toJson()));
        return array.build().toString();
    }

    private static List<CustomHeader> headers(String text) {
        try (JsonReader reader = JsonInput.READERS.createReader(new StringReader(text))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(CustomHeader::of)
                    .toList();
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "webhook %s to %s".formatted(name, url);
    }
}
