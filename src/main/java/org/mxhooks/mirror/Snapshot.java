package org.mxhooks.mirror;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** A state of a resource, and the delivery that told it. */
interface Snapshot {

    ResourceKey resource();

    String delivery();

    State state();

    default JsonObject json() {
        JsonObjectBuilder json = Columns.JSON.createObjectBuilder();
        state().describe(resource().id(), json);
        json.add("appId", resource().appId());
        state().origin().describe(json);
        json.add("delivery", delivery());
        return json.build();
    }
}
