package org.mxhooks.operations;

import org.mxhooks.inbox.DeliverySummary;

/**
 * A delivery and how far it is.
 *
 * @param summary what is logged of it
 * @param state the worst of all consumers', dead first; an undecodable delivery is dead until it is discarded
 */
public record FoundDelivery(DeliverySummary summary, ConsumerState.State state) {}
