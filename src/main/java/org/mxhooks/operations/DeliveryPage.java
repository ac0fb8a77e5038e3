package org.mxhooks.operations;

import java.util.List;
import java.util.OptionalLong;

/**
 * A page of deliveries, newest first.
 *
 * @param found no more than asked for
 * @param next where the next page begins, if this one has fewer than asked for because it ends after so many deliveries
 *     that do not match
 */
public record DeliveryPage(List<FoundDelivery> found, OptionalLong next) {}
