/**
 * Alarms: what operators should look at without having been asked to. One node at a time checks endpoints, payloads,
 * consumers and subscriptions; an alarm is kept in the database from when it is raised until it has ended, logged at
 * both, and announced to companions as {@link org.mxhooks.event.OperatorAlert}. {@link org.mxhooks.alarms.Alarms} is
 * the entry.
 *
 * <p><b>Guarantee.</b> On any number of nodes and across restarts an alarm is raised once and ended once. It is
 * announced at least once each time, in this order: again where a node dies in between. A check that fails changes
 * nothing. What a check costs does not grow with the log, and accepting deliveries is not involved.
 *
 * <p>Shown by {@code AlarmSuite} on H2 and PostgreSQL, {@code RhythmTest}, {@code FieldHistoryTest} and
 * {@code AlarmJourneyIT}.
 */
package org.mxhooks.alarms;
