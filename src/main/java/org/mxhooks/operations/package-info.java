/**
 * What operators ask and order, as typed read models: deliveries and how far each consumer is with them, backlogs, dead
 * letters; pause, replay, discard, retirement. {@link org.mxhooks.operations.Operations} is the door.
 *
 * <p><b>Guarantee.</b> Answers and orders hold for all nodes, on whichever node they are asked for. What a page costs
 * does not grow with the log.
 *
 * <p>Shown by {@code BacklogSuite}, {@code SearchSuite} and {@code ReplaySuite} on H2 and PostgreSQL.
 */
package org.mxhooks.operations;
