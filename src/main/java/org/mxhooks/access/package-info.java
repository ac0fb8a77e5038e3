/**
 * Users of the API and of the metrics: authentication, authorization, throttling, and the audit log.
 *
 * <p><b>Guarantee.</b> A request passes only with a user's name and password (HTTP Basic, RFC 7617), sent by HTTPS or
 * from this machine and compared in constant time. An account has five guesses in a minute from one network; guessing
 * there locks out nobody on another. Every change that a user makes or is refused is in the audit log.
 *
 * <p>{@code AccessControl} and {@code AuditLog} depend on no HTTP library; {@code UserFilter} and {@code AuditFilter}
 * apply it to JAX-RS applications.
 *
 * <p>Shown by {@code AccessControlTest}, {@code UsersTest} and {@code LoginThrottleTest} in-JVM and
 * {@code UsersJourneyIT} on the servers.
 */
package org.mxhooks.access;
