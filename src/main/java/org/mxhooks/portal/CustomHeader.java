package org.mxhooks.portal;

import jakarta.json.JsonObject;

/** A header that was configured by hand. */
record CustomHeader(String key, String value) {

    static CustomHeader of(JsonObject json) {
        return new CustomHeader(json.getString("key"), json.getString("value"));
    }

    JsonObject toJson() {
        return PortalJson.BUILDERS
                .createObjectBuilder()
                .add("key", key)
                .add("value", value)
                .build();
    }
}
