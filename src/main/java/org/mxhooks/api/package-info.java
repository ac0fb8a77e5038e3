/**
 * The operator's side: {@code /api/v1}.
 *
 * <p><b>Guarantee.</b> Nothing is answered without a user's name and password (HTTP Basic, RFC 7617), sent by HTTPS or
 * from this machine and compared in constant time. An account has five guesses in a minute from one network; who
 * guesses locks out nobody on another. Every change that a user makes or is refused is in the audit log. A parameter
 * that cannot be what it is to be is refused by name, with what is allowed.
 *
 * <p>Shown by {@code OperatorTest}, {@code UsersTest}, {@code LoginThrottleTest} and {@code AppsTest} in-JVM,
 * {@code DeliveryJourneyIT}, {@code MirrorJourneyIT} and {@code UsersJourneyIT} on the servers.
 */
package org.mxhooks.api;
