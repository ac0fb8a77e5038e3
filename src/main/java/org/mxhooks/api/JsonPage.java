package org.mxhooks.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list: it ends by the number of its entries, or before they take more than {@link #MAX_BYTES}, but has at
 * least one. Where another page follows, {@code next} is the cursor to request it with.
 *
 * @param name of the array in the answer
 * @param limit how many entries at most
 * @param json writes an entry
 * @param cursor of a page that ends with an entry
 */
record JsonPage<T>(String name, int limit, Function<T, JsonObjectBuilder> json, Function<T, String> cursor) {

    /** Limit of the entries' size, in bytes of UTF-8. */
    static final int MAX_BYTES = 1 << 20;

    /** How many entries to read for a page: one more shows whether another page follows. */
    int toRead() {
        return limit + 1;
    }

    /** @param found the entries that were read */
    JsonObject of(List<T> found) {
        return of(found, Optional.empty());
    }

    /** @param beyond cursor of the next page, if it does not begin with an entry that was read */
    JsonObject of(List<T> found, Optional<String> beyond) {
        JsonArrayBuilder entries = JsonObjects.array();
        int shown = 0;
        int bytes = 0;
        for (T each : found.subList(0, Math.min(limit, found.size()))) {
            JsonObject entry = json.apply(each).build();
            bytes += entry.toString().getBytes(UTF_8).length;
            if (bytes > MAX_BYTES && shown > 0) {
                break;
            }
            entries.add(entry);
            shown++;
        }
        JsonObjectBuilder page = JsonObjects.object().add(name, entries);
        Optional<String> next = shown < found.size() ? Optional.of(cursor.apply(found.get(shown - 1))) : beyond;
        next.ifPresent(known -> page.add("next", known));
        return page.build();
    }
}
