package org.mxhooks.cli;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/** Checks the shape of an answer: another server, or another version, may be at the URL. */
final class JsonShape {

    private JsonShape() {}

    static JsonObject object(JsonValue answer) throws CommandFailure {
        if (answer instanceof JsonObject object) {
            return object;
        }
        throw unexpected();
    }

    static List<JsonObject> objects(JsonValue answer) throws CommandFailure {
        if (answer instanceof JsonArray array && array.stream().allMatch(JsonObject.class::isInstance)) {
            return array.getValuesAs(JsonObject.class);
        }
        throw unexpected();
    }

    private static CommandFailure unexpected() {
        return CommandFailure.refused("the answer is not of this version's API: is mxhooks at this --url?");
    }
}
