package org.mxhooks.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * A page of a list.
 *
 * @param next the cursor of the following page; empty on the last
 */
record ApiPage(List<JsonObject> items, Optional<String> next) {

    static ApiPage of(JsonValue answer, String field) throws CommandFailure {
        JsonObject page = JsonShape.object(answer);
        return new ApiPage(JsonShape.objects(page.get(field)), Optional.ofNullable(page.getString("next", null)));
    }
}
