package org.mxhooks.operations;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.operations.ConsumerState.State;

/** Filters of deliveries, by the names that their criteria have in the API. */
final class Filters {

    private Filters() {}

    /** @param criteria names and values in turn; null is none */
    static DeliveryFilter of(Object... criteria) {
        Map<String, Object> given = new HashMap<>();
        for (int i = 0; i < criteria.length; i += 2) {
            given.put((String) criteria[i], criteria[i + 1]);
        }
        return new DeliveryFilter(
                get(given, "endpoint", String.class),
                get(given, "category", String.class),
                get(given, "portalId", String.class),
                get(given, "appId", String.class),
                get(given, "resourceId", String.class),
                get(given, "text", String.class).map(text -> new BodyText(text, get(given, "field", String.class))),
                get(given, "state", State.class),
                get(given, "from", Instant.class),
                get(given, "to", Instant.class));
    }

    private static <T> Optional<T> get(Map<String, Object> given, String name, Class<T> type) {
        return Optional.ofNullable(given.get(name)).map(type::cast);
    }
}
