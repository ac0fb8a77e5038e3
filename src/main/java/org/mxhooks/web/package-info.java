/**
 * Errors as {@code application/problem+json} (RFC 9457).
 *
 * <p><b>Guarantee.</b> Whatever a request causes is answered with a problem that says what to do; it never carries a
 * stack trace, a secret or what the stranger sent. What a stranger can cause leaves no stack trace of ours in the log.
 *
 * <p>Shown by {@code RefusalTest}, {@code FaultMapperTest} and {@code DeliveryJourneyIT}.
 */
package org.mxhooks.web;
