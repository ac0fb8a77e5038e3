/**
 * The operator's side: {@code /api/v1}.
 *
 * <p><b>Guarantee.</b> Nothing is answered without the operator's name and password (HTTP Basic, RFC 7617), compared in
 * constant time. A parameter that cannot be what it is to be is refused by name, with what is allowed.
 *
 * <p>Shown by {@code OperatorTest} and {@code AppsTest} in-JVM, {@code DeliveryJourneyIT} and {@code MirrorJourneyIT} on the servers.
 */
package org.mxhooks.admin;
