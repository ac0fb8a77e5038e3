package org.mxhooks.mendix;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.Collection;

/**
 * Finds a name that an object of a body has twice. A parser keeps the last value only, so the body has more members
 * than what was parsed from it. Parsing again, strictly, would cost as much as all other decoding.
 */
final class UniqueNames {

    private UniqueNames() {}

    /**
     * Whether no object has a name twice.
     *
     * @param body as it was parsed
     * @param bytes that it was parsed from: JSON in UTF-8
     */
    static boolean in(JsonObject body, byte[] bytes) {
        return members(bytes) == members(body);
    }

    /** Each member has one colon outside of texts. */
    private static int members(byte[] json) {
        int colons = 0;
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '"') {
                i = endOfText(json, i);
            } else if (json[i] == ':') {
                colons++;
            }
        }
        return colons;
    }

    private static int endOfText(byte[] json, int begin) {
        int i = begin + 1;
        while (json[i] != '"') {
            i += json[i] == '\\' ? 2 : 1;
        }
        return i;
    }

    private static int members(JsonStructure structure) {
        return structure instanceof JsonObject object
                ? object.size() + inAll(object.values())
                : inAll((JsonArray) structure);
    }

    private static int inAll(Collection<JsonValue> values) {
        int members = 0;
        for (JsonValue value : values) {
            members += value instanceof JsonStructure structure ? members(structure) : 0;
        }
        return members;
    }
}
