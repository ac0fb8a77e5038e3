package org.mxhooks.operations;

import org.mxhooks.inbox.KeptDelivery;

/**
 * A delivery and how far it is.
 *
 * @param kept what the log tells of it
 * @param state the worst of all consumers', dead first; an undecodable delivery is dead until it is discarded
 */
public record FoundDelivery(KeptDelivery kept, ConsumerState.State state) {}
