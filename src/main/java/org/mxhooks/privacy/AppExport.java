package org.mxhooks.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.AppPositions;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.mirror.AppRows;

/**
 * All that is kept of an app as a ZIP of JSON lines, a file for each kind, each in an order that does not change. It is
 * read page by page, each in a short transaction: memory holds a page, and what arrives meanwhile may be in it or not.
 * Bodies that were removed by age are left out, and deliveries that could not be decoded, as they belong to no app.
 */
public final class AppExport implements AutoCloseable {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private static final int MAX_DELIVERIES = 200;
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private static final String COMMITS = "commits";

    private final Sql sql;
    private final Inbox inbox;
    private final String appId;
    private final Runnable end;
    private final AtomicBoolean ended = new AtomicBoolean();

    AppExport(Sql sql, Inbox inbox, String appId, Runnable end) {
        this.sql = sql;
        this.inbox = inbox;
        this.appId = appId;
        this.end = end;
    }

    /**
     * Writes the whole; does not close the stream.
     *
     * @param abandoned whether nobody reads any more: then it ends early
     * @throws IOException if nobody reads any more
     */
    public void write(OutputStream out, BooleanSupplier abandoned) throws IOException, SQLException {
        ZipOutputStream zip = new ZipOutputStream(out, UTF_8);
        zip.putNextEntry(new ZipEntry("deliveries.jsonl"));
        writeDeliveries(zip, abandoned);
        for (AppRows rows : AppRows.ALL) {
            zip.putNextEntry(new ZipEntry(rows.name() + ".jsonl"));
            writeRows(rows, zip, abandoned);
        }
        zip.finish();
        zip.flush();
    }

    private void writeDeliveries(ZipOutputStream zip, BooleanSupplier abandoned) throws IOException, SQLException {
        AppPositions piece = inbox.ofApp(appId, 0);
        while (piece.lookedUpTo() > 0) {
            demandReader(abandoned);
            List<Long> positions = piece.positions();
            while (!positions.isEmpty()) {
                demandReader(abandoned);
                List<Long> some = positions.subList(0, Math.min(positions.size(), MAX_DELIVERIES));
                Map<Long, Instant> erased = inbox.erasedAt(some);
                List<LogEntry> entries = inbox.entries(some, MAX_BYTES);
                for (LogEntry entry : entries) {
                    write(zip, delivery(entry, erased.get(entry.position())));
                }
                positions = positions.subList(entries.size(), positions.size());
            }
            piece = inbox.ofApp(appId, piece.lookedUpTo());
        }
    }

    private void writeRows(AppRows rows, ZipOutputStream zip, BooleanSupplier abandoned)
            throws IOException, SQLException {
        AppRows.Page page = rows.page(sql, appId, List.of());
        while (!page.rows().isEmpty()) {
            demandReader(abandoned);
            for (Map<String, Object> row : page.rows()) {
                write(zip, row(row));
            }
            page = rows.page(sql, appId, page.last());
        }
    }

    private static void demandReader(BooleanSupplier abandoned) throws IOException {
        if (abandoned.getAsBoolean()) {
            throw new IOException("nobody reads the export any more");
        }
    }

    private static void write(ZipOutputStream zip, JsonObjectBuilder json) throws IOException {
        zip.write(json.build().toString().getBytes(UTF_8));
        zip.write('\n');
    }

    private static JsonObjectBuilder delivery(LogEntry entry, Instant erasedAt) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("delivery", entry.delivery().toString())
                .add("position", entry.position())
                .add("endpoint", entry.endpoint())
                .add("scheme", entry.scheme())
                .add("receivedAt", entry.receivedAt().toString())
                .add("category", entry.attributes().category())
                .add("action", entry.attributes().action());
        entry.attributes().portalId().ifPresent(id -> json.add("portalId", id));
        json.add("remarks", JSON.createArrayBuilder(entry.attributes().remarks()));
        if (erasedAt != null) {
            json.add("erasedAt", erasedAt.toString());
        }
        try (JsonReader headers = READERS.createReader(new StringReader(entry.headers()))) {
            json.add("headers", headers.readObject());
        }
        entry.body().ifPresent(body -> addBody(json, body));
        return json;
    }

    private static void addBody(JsonObjectBuilder json, byte[] body) {
        try {
            json.add("body", UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException notUtf8) {
            json.add("bodyBase64", Base64.getEncoder().encodeToString(body));
        }
    }

    private static JsonObjectBuilder row(Map<String, Object> row) {
        JsonObjectBuilder json = JSON.createObjectBuilder();
        row.forEach((column, value) -> {
            String name = camelCase(column);
            if (column.equals(COMMITS)) {
                try (JsonReader commits = READERS.createReader(new StringReader(value.toString()))) {
                    json.add(name, commits.readArray());
                }
            } else if (value instanceof Number number) {
                json.add(name, number.longValue());
            } else if (value instanceof Boolean truth) {
                json.add(name, truth);
            } else {
                json.add(name, value.toString());
            }
        });
        return json;
    }

    /** As the API names it. */
    private static String camelCase(String column) {
        StringBuilder name = new StringBuilder();
        for (String word : column.split("_")) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    /** Lets others export; idempotent. */
    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            end.run();
        }
    }
}
