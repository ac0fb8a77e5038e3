package org.mxhooks.mirror;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.event.Commit;

/** The commits of a push in one column: they are read with their push, and never without it. */
final class CommitJson {

    /** {@code Json.createObjectBuilder} and its like would search the class path for a provider each time. */
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private CommitJson() {}

    static String write(List<Commit> commits) {
        JsonArrayBuilder all = JSON.createArrayBuilder();
        commits.forEach(commit -> all.add(object(commit)));
        return all.build().toString();
    }

    private static JsonObjectBuilder object(Commit commit) {
        JsonObjectBuilder json = JSON.createObjectBuilder();
        add(json, "id", commit.id());
        add(json, "message", commit.message());
        add(json, "authorName", commit.authorName());
        add(json, "authorEmail", commit.authorEmail());
        add(json, "authorDate", commit.authorDate().map(Instant::toString));
        add(json, "mendixVersion", commit.mendixVersion());
        return json.add("relatedStories", JSON.createArrayBuilder(commit.relatedStories()));
    }

    private static void add(JsonObjectBuilder json, String name, Optional<String> text) {
        text.ifPresent(known -> json.add(name, known));
    }

    static List<PushedCommit> read(String column) {
        try (JsonReader reader = READERS.createReader(new StringReader(column))) {
            JsonArray all = reader.readArray();
            return all.getValuesAs(JsonObject.class).stream()
                    .map(CommitJson::commit)
                    .toList();
        }
    }

    private static PushedCommit commit(JsonObject json) {
        return new PushedCommit(
                text(json, "id"),
                text(json, "message"),
                text(json, "authorName"),
                text(json, "authorEmail"),
                text(json, "authorDate").map(Instant::parse),
                text(json, "mendixVersion"),
                json.getJsonArray("relatedStories").getValuesAs(JsonString::getString));
    }

    private static Optional<String> text(JsonObject json, String name) {
        return Optional.ofNullable(json.getString(name, null));
    }
}
