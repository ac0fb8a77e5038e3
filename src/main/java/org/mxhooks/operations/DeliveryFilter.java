package org.mxhooks.operations;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import org.mxhooks.operations.ConsumerState.State;

/**
 * Criteria of a search for deliveries; an empty one matches any.
 *
 * @param endpoint name of the endpoint that accepted it
 * @param category as in the event
 * @param portalId the portal's id for it
 * @param appId id of the app, as in the event
 * @param resourceId id of what it is about, within its type
 * @param text in its body
 * @param state as {@link FoundDelivery#state}
 * @param from when it was received at the earliest, by the database's clock
 * @param to before when it was received
 */
public record DeliveryFilter(
        Optional<String> endpoint,
        Optional<String> category,
        Optional<String> portalId,
        Optional<String> appId,
        Optional<String> resourceId,
        Optional<BodyText> text,
        Optional<State> state,
        Optional<Instant> from,
        Optional<Instant> to) {

    /** Whether a page is found by reading the log, for lack of an index. */
    public boolean readsTheLog() {
        return portalId.isPresent()
                || appId.isPresent()
                || resourceId.isPresent()
                || endpoint.isPresent() && category.isPresent() && !isNamedElsewhere();
    }

    /** Whether another table names the deliveries of the state. */
    private boolean isNamedElsewhere() {
        return state.filter(EnumSet.of(State.DEAD, State.PARKED, State.DISCARDED)::contains)
                .isPresent();
    }
}
