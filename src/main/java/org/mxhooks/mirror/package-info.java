/**
 * The states of every story and sprint, the latest and those of the past, by JPA.
 *
 * <p><b>Guarantee.</b> A state is current only if it is newer by the portal's own clock than what was: a late state
 * belongs to the past. Of two with the same time the later accepted wins; a state without a time is older than any with
 * one. Every version is kept once for each delivery about a resource, however often it is replayed; one that was
 * superseded longer ago than {@code mxhooks.retention} ends, the current one never. What names no story, sprint or app
 * is not mirrored; the delivery has a remark that says so.
 *
 * <p>No two resources have a row in common, nor does anything refer to one: the app's and the sender's name are kept
 * with each version. So lanes that change many stories of an app at once neither wait for each other nor deadlock. The
 * lane of a resource and a replay about it may meet in its one row; the second is rolled back and tried again.
 *
 * <p>Shown on H2 and PostgreSQL with EclipseLink (Payara) and Hibernate (WildFly) by {@code MirrorSuite}, on these
 * servers by {@code MirrorJourneyIT} and {@code DeliveryJourneyIT}; {@code ListingBenchmark} measures lists.
 */
package org.mxhooks.mirror;
