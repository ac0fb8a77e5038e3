/**
 * Removes data by age, on one thread of each node. A task runs in small steps, each a short transaction, so that a
 * crash loses at most one step and locks are held briefly.
 *
 * <p>Shown by {@code RetentionSuite} on H2 and PostgreSQL.
 */
package org.mxhooks.retention;
