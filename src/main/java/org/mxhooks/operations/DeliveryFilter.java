package org.mxhooks.operations;

import java.time.Instant;
import java.util.Optional;
import org.mxhooks.operations.ConsumerState.State;

/**
 * Criteria of a search for deliveries; an empty one matches any.
 *
 * @param endpoint name of the endpoint that accepted it
 * @param category as in the event
 * @param portalId the portal's id for it
 * @param state as {@link FoundDelivery#state}
 * @param from when it was received at the earliest, by the database's clock
 * @param to before when it was received
 */
public record DeliveryFilter(
        Optional<String> endpoint,
        Optional<String> category,
        Optional<String> portalId,
        Optional<State> state,
        Optional<Instant> from,
        Optional<Instant> to) {}
