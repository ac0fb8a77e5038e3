package org.mxhooks.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list; it ends by the number of resources, or before its JSON takes more than {@link #MAX_BYTES}, but has
 * one at least.
 *
 * @param resources the newest change first; their long texts cut
 * @param end where it ends; empty if nothing follows
 */
public record Page(List<JsonObject> resources, Optional<Change> end) {

    /** What a page of a list takes at most, in bytes of UTF-8. */
    public static final int MAX_BYTES = 1 << 20;

    static Page of(List<Entry> found, int limit) {
        List<JsonObject> resources = new ArrayList<>();
        int bytes = 0;
        for (Entry entry : found.subList(0, Math.min(limit, found.size()))) {
            JsonObject json = entry.json();
            bytes += json.toString().getBytes(UTF_8).length;
            if (bytes > MAX_BYTES && !resources.isEmpty()) {
                break;
            }
            resources.add(json);
        }
        int shown = resources.size();
        return new Page(
                resources,
                shown < found.size()
                        ? Optional.of(found.get(shown - 1).state().origin().change())
                        : Optional.empty());
    }
}
