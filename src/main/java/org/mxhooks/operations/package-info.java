/**
 * What operators query and order, as typed read models: deliveries with the state of each consumer, backlogs, dead
 * letters; pause, replay, discard, retire. {@link org.mxhooks.operations.Operations} is the entry.
 *
 * <p><b>Guarantee.</b> Answers and orders are about all nodes, on whichever node they are requested. The cost of a page
 * does not grow with the log.
 *
 * <p>Shown by {@code BacklogSuite}, {@code SearchSuite} and {@code ReplaySuite} on H2 and PostgreSQL, and by
 * {@code GrowthPostgresIT}.
 */
package org.mxhooks.operations;
