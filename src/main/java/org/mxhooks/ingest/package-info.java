/**
 * Accepts deliveries: {@code POST /hooks/{endpoint}}.
 *
 * <p><b>Guarantee.</b> Only a body whose signature verifies over exactly the received bytes reaches the inbox, and no
 * header that the signature does not cover can refuse it or decide what it means; where an endpoint limits its senders,
 * others are refused before that. 2xx is answered after the delivery is on disk. While it waits for that, a request
 * holds no thread. What unverified requests hold comes out of one budget of the node; of headers that may carry a
 * secret only the names are kept. {@link org.mxhooks.ingest.EndpointRegistry} shows operators the state of each
 * endpoint, and {@link org.mxhooks.ingest.RefusalLog} what all nodes refused and why: the cause is determined a few
 * times a second at most, what a stranger sent is shown escaped and cut, and a flood leaves a bounded number of rows.
 *
 * <p>Shown in-JVM by {@code HooksTest} and, for signatures, {@code AuthenticityTest}, {@code SignedIdSchemeTest} and
 * {@code RefusalsTest}, for senders {@code AllowedSendersTest}, for sizes {@code BodyLimitTest}, for headers
 * {@code OddHeadersTest} and {@code KeptDeliveryTest}, for storage {@code StorageUnavailableTest}, for memory
 * {@code BodyReaderTest} and {@code ByteBudgetTest}, for probes {@code ProbeTest}; for the state of endpoints
 * {@code EndpointRegistryTest}, for what is kept of refused requests {@code RefusalSamplesTest} and, on each database,
 * {@code RefusalLogSuite}; by {@code DeliveryJourneyIT} on the servers, and for the cost of unauthenticated requests by
 * {@code StrangersIT}.
 */
package org.mxhooks.ingest;
