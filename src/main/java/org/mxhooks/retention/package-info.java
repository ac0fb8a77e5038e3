/**
 * What ends by age, on one thread for each node. A task is done in small steps, each a short transaction of its own, so
 * that a crash leaves whole steps and nobody waits long for a lock.
 *
 * <p>Shown by {@code RetentionSuite} on H2 and PostgreSQL.
 */
package org.mxhooks.retention;
