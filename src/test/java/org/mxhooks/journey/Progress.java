package org.mxhooks.journey;

import jakarta.json.JsonObject;

/**
 * How far a consumer is with a delivery.
 *
 * @param reason why it is parked or dead, else empty
 */
record Progress(String state, int attempts, String reason) {

    static Progress of(Answer delivery, String consumer) {
        JsonObject state = delivery.json().getJsonArray("consumers").getValuesAs(JsonObject.class).stream()
                .filter(each -> each.getString("consumer").equals(consumer))
                .findFirst()
                .orElseThrow(() -> new AssertionError(consumer + " has nothing to do with it: " + delivery.text()));
        return new Progress(state.getString("state"), state.getInt("attempts"), state.getString("reason", ""));
    }
}
