/**
 * The operator's side: {@code /api/v1}.
 *
 * <p><b>Guarantee.</b> Nothing is answered but to a user ({@code access}). A parameter that cannot be what it is to be
 * is refused by name, with what is allowed.
 *
 * <p>Shown by {@code OperatorTest} and {@code AppsTest} in-JVM, {@code DeliveryJourneyIT} and {@code MirrorJourneyIT}
 * on the servers.
 */
package org.mxhooks.api;
