package org.mxhooks.orders;

import java.util.OptionalLong;

/**
 * What an order is after a step.
 *
 * @param state RUNNING where there is more to do, WAITING where an operator is to start the rest
 * @param details what is to be done
 * @param progress how far it is; the same as before where nothing can be done now
 * @param total how much there is to do, if that is known
 * @param done how much of that is done
 */
public record OrderStep(OrderState state, String details, String progress, OptionalLong total, long done) {}
