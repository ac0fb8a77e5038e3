package org.mxhooks.alarms;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mxhooks.mendix.StorableText;

/**
 * The names in a payload, and no values: {@code Story.Name}, {@code commits[].message}.
 *
 * @param fields paths of the fields, to a depth of five objects and arrays; a null is a field too
 * @param objects paths of the objects, whose fields can be missing; that of the payload is empty
 */
record PayloadPaths(Set<String> fields, Set<String> objects) {

    private static final int MAX_DEPTH = 5;
    private static final int MAX_NAME = 40;
    private static final int MAX_FIELDS = 1_000;

    /** {@code Json.createReader} would search the class path for a provider each time. */
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    /** Empty if this parser reads no object: it refuses a byte order mark, and what is too deep. */
    static Optional<PayloadPaths> of(byte[] body) {
        try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(body), UTF_8)) {
            PayloadPaths paths = new PayloadPaths(new HashSet<>(), new HashSet<>());
            paths.addObject("", reader.readObject(), 1);
            return Optional.of(paths);
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /** The path of the object that has a field. */
    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    private void addObject(String path, JsonObject object, int depth) {
        objects.add(path);
        object.forEach((name, value) -> {
            if (name.length() <= MAX_NAME && fields.size() < MAX_FIELDS) {
                String field = (path.isEmpty() ? "" : path + ".") + StorableText.line(name, MAX_NAME);
                fields.add(field);
                addValue(field, value, depth);
            }
        });
    }

    private void addValue(String path, JsonValue value, int depth) {
        if (depth == MAX_DEPTH) {
            return;
        }
        if (value instanceof JsonObject object) {
            addObject(path, object, depth + 1);
        } else if (value instanceof JsonArray array) {
            array.forEach(element -> addValue(path + "[]", element, depth + 1));
        }
    }
}
