package org.mxhooks.ingest;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.mxhooks.database.Database;

/** A delivery as it is in the database. */
record Kept(
        String endpoint,
        String portalId,
        String category,
        String action,
        String appId,
        String resource,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        List<String> remarks,
        String undecodable,
        JsonObject headers,
        byte[] body) {

    static Kept read(Database database, UUID delivery) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement select =
                        connection.prepareStatement("select d.*, b.headers, b.bytes, u.reason from mxhooks.delivery d"
                                + " join mxhooks.body b on b.position = d.position"
                                + " left join mxhooks.undecodable u on u.position = d.position where d.delivery = ?")) {
            select.setObject(1, delivery);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return of(row);
            }
        }
    }

    private static Kept of(ResultSet row) throws SQLException {
        return new Kept(
                row.getString("endpoint"),
                row.getString("portal_id"),
                row.getString("category"),
                row.getString("action"),
                row.getString("app_id"),
                row.getString("resource_type") + " " + row.getString("resource_id"),
                row.getObject("created_at", OffsetDateTime.class),
                row.getObject("updated_at", OffsetDateTime.class),
                remarks(row.getString("remarks")),
                row.getString("reason"),
                json(row.getString("headers")).readObject(),
                row.getBytes("bytes"));
    }

    /** The values of a header; its name in any case. */
    List<String> header(String name) {
        return headers.keySet().stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .map(key -> texts(headers.getJsonArray(key)))
                .orElse(List.of());
    }

    private static List<String> remarks(String array) {
        return array == null ? List.of() : texts(json(array).readArray());
    }

    private static JsonReader json(String text) {
        return Json.createReader(new StringReader(text));
    }

    private static List<String> texts(JsonArray array) {
        return array.getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }
}
