/**
 * What all JAX-RS applications share: problem documents (RFC 9457), rules for headers and content, who sent a request
 * and by which way, and how what strangers send is shown.
 *
 * <p><b>Guarantee.</b> Whatever a request causes is answered with a problem that says what to do; it never carries a
 * stack trace, a secret or what the stranger sent. What a stranger can cause leaves no stack trace of ours in the log,
 * and no more than a line per second. Headers of proxies are believed only from those that the settings trust.
 *
 * <p>Shown by {@code RefusalTest}, {@code FaultMapperTest}, {@code CallerTest}, {@code OddHeadersTest} and
 * {@code DeliveryJourneyIT}.
 */
package org.mxhooks.web;
