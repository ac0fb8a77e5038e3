package org.mxhooks.mirror;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * A resource in a list.
 *
 * @param cut fields whose texts are not shown whole
 */
record Entry(ResourceKey resource, String delivery, State state, List<String> cut) implements Snapshot {

    @Override
    public JsonObject json() {
        JsonObject json = Snapshot.super.json();
        if (cut.isEmpty()) {
            return json;
        }
        JsonArrayBuilder fields = Columns.JSON.createArrayBuilder(cut);
        return Columns.JSON.createObjectBuilder(json).add("cut", fields).build();
    }
}
