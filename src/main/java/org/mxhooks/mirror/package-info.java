/**
 * The latest state of every story and sprint, by JPA.
 *
 * <p><b>Guarantee.</b> A state is applied once, and only if it is newer by the portal's own clock than what is there: late
 * news is not news. Of two with the same time the later accepted wins; a state without a time is older than any with one.
 * What names no app is not mirrored, and logged; the inbox has it.
 *
 * <p>Shown by {@code DeliveryJourneyIT} on EclipseLink (Payara) and Hibernate (WildFly).
 */
package org.mxhooks.mirror;
