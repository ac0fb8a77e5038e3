/**
 * Publishes every event on a JMS topic, for programs elsewhere in the enterprise. It is a consumer named {@code jms},
 * outside the transaction that it is notified in; where the server has no connection factory it does not exist.
 *
 * <p><b>Format.</b> One persistent text message for each event. Its body is a JSON object with the event's accessors as
 * names: {@code delivery}, {@code endpoint}, {@code position}, {@code category}, {@code action}, {@code replay}; where
 * known {@code portalId}, {@code appId}, {@code resourceType} ({@code story} or {@code sprint}), {@code resourceId},
 * {@code createdAt}, {@code updatedAt}; and in {@code json} the portal's body as it arrived. Properties to select by:
 * {@code category}, {@code action}, {@code endpoint}, {@code appId}, {@code resourceType}, {@code resourceId} (a long),
 * {@code delivery}, {@code replay} (a boolean); texts are cut after 200 characters. {@code JMSXGroupID} is the
 * resource. {@code traceparent} and {@code tracestate} are there if the delivery came with them.
 *
 * <p><b>Guarantee.</b> At least once, in the order of the deliveries of a resource: the cursor moves after the broker
 * took the message. While the broker is unavailable lanes wait, ingest and other consumers do not notice, and no
 * attempt is spent; it is tried after 2 s, 4 s, 8 s … up to 30 s, so a recovery is noticed within 30 s. A factory must
 * let sends fail within {@code mxhooks.consumer.timeout}: one that hangs longer is an attempt, and parked.
 *
 * <p><b>Crash window.</b> A node that dies, or a connection that breaks, after the broker took the message and before
 * the cursor moved: the message is sent again, with the same {@code delivery}. Artemis drops the repeat by
 * {@code _AMQ_DUPL_ID}, which is the delivery; of a replay it is a new value each time.
 *
 * <p>Shown by {@code EventMessageTest}, {@code CircuitBreakerTest}, {@code PublisherSwitchTest},
 * {@code SubscriberJourneyIT}, {@code BrokerAwayIT} and {@code NoBrokerIT}.
 */
package org.mxhooks.jms;
