package org.mxhooks.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list, as the API answers it.
 *
 * @param next the cursor of the following part; empty in the last
 */
record Page(List<JsonObject> items, Optional<String> next) {

    static Page of(JsonValue answer, String field) throws Failure {
        JsonObject page = Shape.object(answer);
        return new Page(Shape.objects(page.get(field)), Optional.ofNullable(page.getString("next", null)));
    }
}
