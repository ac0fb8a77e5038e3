/**
 * What all JAX-RS applications share: problem documents (RFC 9457), rules for headers and content, client addresses,
 * and untrusted text in messages.
 *
 * <p><b>Guarantee.</b> Every error is answered with a problem document that says what to do; it never contains a stack
 * trace, a secret or untrusted text. Unauthenticated requests cause no stack trace of mxhooks in the log, and at most
 * one line per second. Forwarding headers are accepted only from trusted proxies.
 *
 * <p>Shown by {@code RefusalTest}, {@code FaultMapperTest}, {@code CallerTest}, {@code OddHeadersTest} and
 * {@code DeliveryJourneyIT}.
 */
package org.mxhooks.web;
