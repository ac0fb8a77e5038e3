package org.mxhooks.privacy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.journey.Body;
import org.mxhooks.mirror.TestMirror;

/** What an export of an app has, on every supported database. */
@Tag("persistence")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AppExportSuite {

    private TestDatabase database;
    private Inbox inbox;
    private AppExports exports;

    abstract TestDatabase database() throws SQLException;

    @BeforeAll
    void open() throws SQLException {
        database = database().migrated();
        inbox = new Inbox(
                database.database(),
                database.dataSource(),
                Executors.defaultThreadFactory(),
                new SimpleMeterRegistry());
        exports = AppExports.of(database.dataSource(), inbox);
        Body story = Body.of("story-updated.json");
        for (int i = 0; i < 45; i++) {
            append(story.story(i).text());
        }
        try (TestMirror mirror = new TestMirror(database, TestMirror.Provider.ECLIPSELINK)) {
            for (int i = 1; i <= 205; i++) {
                mirror.remembers(story.story(i), i);
            }
            mirror.remembers(story.story(7).updatedAt(Instant.parse("2026-04-01T00:00:00Z")), 300);
            mirror.remembers(Body.of("sprint-updated.json"), 301);
            mirror.remembers(
                    TestMirror.deployment(Body.of("teamserver-push.json").text(), 302));
            mirror.remembers(
                    TestMirror.deployment(Body.of("package-uploaded.json").text(), 303));
        }
    }

    private void append(String body) {
        inbox.append(Arrivals.ofApp(TestMirror.APP, body.getBytes(UTF_8)))
                .toCompletableFuture()
                .orTimeout(30, SECONDS)
                .join();
        inbox.append(Arrivals.withBody(body.replace("Show", "Hide" + UUID.randomUUID())))
                .toCompletableFuture()
                .orTimeout(30, SECONDS)
                .join();
    }

    @AfterAll
    void close() {
        inbox.close();
        database.close();
    }

    @Test
    void hasAllThatIsKeptOfTheAppAndNothingElseInTheSameOrderEachTime() throws Exception {
        Map<String, List<JsonObject>> files = files(export(TestMirror.APP));

        assertThat(files.keySet())
                .containsExactly(
                        "deliveries.jsonl",
                        "stories.jsonl",
                        "story-versions.jsonl",
                        "sprints.jsonl",
                        "sprint-versions.jsonl",
                        "alerts.jsonl",
                        "alert-versions.jsonl",
                        "pushes.jsonl",
                        "packages.jsonl");
        assertThat(files.get("deliveries.jsonl"))
                .hasSize(45)
                .allMatch(delivery -> delivery.getString("body").contains("Show the delivery date"))
                .isSortedAccordingTo((a, b) -> Integer.compare(a.getInt("position"), b.getInt("position")));
        assertThat(files.get("stories.jsonl")).hasSize(205);
        assertThat(files.get("stories.jsonl").get(6).getString("updatedAt")).isEqualTo("2026-04-01T00:00:00Z");
        assertThat(files.get("story-versions.jsonl")).hasSize(1);
        assertThat(files.get("sprints.jsonl").get(0).getString("senderEmailAddress"))
                .isEqualTo("ada.quist@example.com");
        assertThat(files.get("pushes.jsonl").get(0).getJsonArray("commits")).hasSize(1);
        assertThat(files.get("packages.jsonl")).hasSize(1);
        assertThat(files(export(TestMirror.APP))).isEqualTo(files);
        assertThat(files(export("unknown")).values()).allMatch(List::isEmpty);
    }

    @Test
    void saysWhatWasErasedAndHoldsBytesThatAreNoText() throws Exception {
        byte[] latin = "{\"Name\":\"Zo\u00eb\"}".getBytes(ISO_8859_1);
        inbox.append(Arrivals.ofApp("latin", latin))
                .toCompletableFuture()
                .orTimeout(30, SECONDS)
                .join();
        new Sql(database.dataSource())
                .update("update mxhooks.body set erased_at = current_timestamp where position = ?", inbox.head());

        List<JsonObject> deliveries = files(export("latin")).get("deliveries.jsonl");

        assertThat(deliveries).hasSize(1);
        assertThat(Base64.getDecoder().decode(deliveries.get(0).getString("bodyBase64")))
                .isEqualTo(latin);
        assertThat(deliveries.get(0)).containsKey("erasedAt").doesNotContainKey("body");
    }

    /** A node writes two at a time, and an export that nobody reads to its end makes room. */
    @Test
    void anAbandonedExportEndsAndFreesItsPlace() throws Exception {
        AppExport first = exports.begin(TestMirror.APP).orElseThrow();
        try (AppExport second = exports.begin(TestMirror.APP).orElseThrow()) {
            assertThat(exports.begin(TestMirror.APP)).isEmpty();
            assertThatThrownBy(() -> second.write(OutputStream.nullOutputStream(), () -> true))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> second.write(new Broken(), () -> false)).isInstanceOf(IOException.class);
        }
        try (AppExport third = exports.begin(TestMirror.APP).orElseThrow()) {
            first.close();
            first.close();
            try (AppExport fourth = exports.begin(TestMirror.APP).orElseThrow()) {
                assertThat(exports.begin(TestMirror.APP)).isEmpty();
                assertThat(third).isNotSameAs(fourth);
            }
        }
    }

    private static final class Broken extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            throw new IOException("broken pipe");
        }
    }

    private byte[] export(String app) throws IOException, SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (AppExport export = exports.begin(app).orElseThrow()) {
            export.write(bytes, () -> false);
        }
        return bytes.toByteArray();
    }

    private static Map<String, List<JsonObject>> files(byte[] zip) throws IOException {
        Map<String, List<JsonObject>> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(
                        entry.getName(),
                        new String(in.readAllBytes(), UTF_8)
                                .lines()
                                .map(line -> Json.createReader(new StringReader(line))
                                        .readObject())
                                .toList());
            }
        }
        return files;
    }
}
