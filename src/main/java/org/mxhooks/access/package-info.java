/**
 * Users of the API, of the metrics and of the console: authentication, sessions, authorization, throttling, and the
 * audit log.
 *
 * <p><b>Guarantee.</b> A request passes only with a user's name and password (HTTP Basic, RFC 7617), sent by HTTPS or
 * from this machine and compared in constant time. An account has five guesses in a minute from one network; guessing
 * there locks out nobody on another. To the console one may also come with an identity of the OpenID provider. Every
 * change that a user makes or is refused is in the audit log.
 *
 * <p>{@code AccessControl} and {@code AuditLog} depend on no HTTP library; {@code UserFilter} and {@code AuditFilter}
 * apply it to JAX-RS applications, {@code SessionFilter} to the console, whose changes need a token of the session too.
 *
 * <p>Shown by {@code AccessControlTest}, {@code UsersTest} and {@code LoginThrottleTest} in-JVM, {@code SessionsSuite}
 * on each database, and {@code UsersJourneyIT}, {@code ConsoleJourneyIT} and {@code SignInJourneyIT} on the servers.
 */
package org.mxhooks.access;
