/**
 * The operator's side: {@code /api/v1}.
 *
 * <p><b>Guarantee.</b> Nothing is answered without the operator's name and password (HTTP Basic, RFC 7617), compared in
 * constant time.
 *
 * <p>Shown by {@code OperatorTest} in-JVM and {@code DeliveryJourneyIT} on the servers.
 */
package org.mxhooks.admin;
