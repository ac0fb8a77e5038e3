/**
 * Publishes every event on a JMS topic, for other programs. The consumer is named {@code jms} and sends outside the
 * notification's transaction; without a connection factory on the server it does not exist.
 *
 * <p><b>Format.</b> One persistent text message for each event. Its body is a JSON object with the event's accessors as
 * names: {@code delivery}, {@code endpoint}, {@code position}, {@code category}, {@code action}, {@code replay}; if
 * known {@code portalId}, {@code appId}, {@code resourceType} ({@code story}, for example), {@code resourceId},
 * {@code createdAt}, {@code updatedAt}; and in {@code json} the portal's body as received. Properties for selectors:
 * {@code category}, {@code action}, {@code endpoint}, {@code appId}, {@code resourceType}, {@code resourceId} (a long
 * of a story or sprint, else a text), {@code delivery}, {@code replay} (a boolean); texts are cut to 200 characters.
 * {@code JMSXGroupID} is the resource. {@code traceparent} and {@code tracestate} are set if the delivery had them.
 *
 * <p><b>Guarantee.</b> At least once, in the order of the deliveries of a resource: the cursor moves after the broker
 * has accepted the message. While the broker is unavailable the lanes wait, ingest and other consumers are not
 * affected, and no attempt is counted; the broker is probed after 2 s, 4 s, 8 s … up to every 30 s, so a recovery is
 * detected within 30 s. An event that the broker refuses, too large for example, while it accepts others is a failed
 * attempt. Sends must fail within {@code mxhooks.consumer.timeout}: a send that hangs longer counts as a failed
 * attempt.
 *
 * <p><b>Crash window.</b> If the node dies or the connection breaks after the broker has accepted the message and
 * before the cursor moves, the message is sent again, with the same {@code delivery}. Artemis drops the duplicate by
 * {@code _AMQ_DUPL_ID}, which is the delivery; for a replay it is a new value each time.
 *
 * <p>Shown by {@code EventMessageTest}, {@code PublisherTest}, {@code CircuitBreakerTest}, {@code PublisherSwitchTest},
 * {@code SubscriberJourneyIT}, {@code BrokerOutageIT} and {@code SettingsIT}.
 */
package org.mxhooks.jms;
