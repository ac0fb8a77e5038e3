package org.mxhooks.api;

import static jakarta.ws.rs.core.Response.Status.CONFLICT;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.operations.Operations;
import org.mxhooks.relay.Subscriptions;
import org.mxhooks.web.Refused;

/** Finds the consumer that a request names: by its own name, or by that of its subscription. */
record ConsumerLookup(Operations operations, Subscriptions subscriptions) {

    /** @throws Refused as {@link #find(String)} */
    Optional<String> find(Optional<String> given) throws SQLException {
        return given.isPresent() ? Optional.of(find(given.get())) : given;
    }

    /** @throws Refused if there is none, or a consumer and a subscription have the name */
    String find(String given) throws SQLException {
        List<String> known = operations.consumers();
        Map<String, String> names = subscriptions.names();
        Optional<String> subscribed = names.entrySet().stream()
                .filter(name -> name.getValue().equals(given))
                .map(Map.Entry::getKey)
                .findAny();
        if (!known.contains(given)) {
            return subscribed.orElseThrow(() -> Answers.unknownConsumer(given, known, names));
        }
        if (subscribed.isPresent()) {
            throw new Refused(
                    CONFLICT,
                    "A consumer and a subscription have the name %s. For the subscription pass %s; for the consumer, rename the subscription first."
                            .formatted(given, subscribed.get()));
        }
        return given;
    }
}
