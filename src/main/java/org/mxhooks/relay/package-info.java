/**
 * Sends deliveries on to subscriptions: signed POSTs to other programs. Each subscription is a consumer of the log, so
 * it has its own cursors, retries, dead letters and replays, and a slow or dead subscriber delays nobody else.
 *
 * <p><b>Guarantee.</b> Every delivery that a subscription wants and that is appended after it was created is sent at
 * least once, in the order of each resource, byte for byte as it was received, with the same id on every attempt. An
 * answer with a status of 2xx is success; 410 pauses the subscription; 429 and 503 with {@code Retry-After} are tried
 * again then, at least after a second and at most after an hour, without counting, for {@code mxhooks.relay.retry.for};
 * everything else is a failed attempt, repeated with growing delays for {@code mxhooks.relay.retry.for}, and then a
 * dead letter. A call is made outside of any transaction and ends within {@code mxhooks.relay.timeout}.
 *
 * <p><b>Crash window.</b> A success is recorded in the transaction that moves the cursor. If the node dies after the
 * subscriber has answered and before that commits, the delivery is sent again, with the same id. PostgreSQL does not
 * wait for its disk there: if it crashes itself, all that was sent in the last second may be sent again, in the same
 * order.
 *
 * <p><b>Security.</b> Secrets and headers are encrypted with {@code mxhooks.relay.key}. Only public addresses are
 * called, and only by HTTPS, unless {@code mxhooks.relay.allow} names them: the host is looked up, its addresses are
 * checked, and the connection goes to a checked address. No header of the received request is sent on.
 *
 * <p>Shown by {@code TargetsTest}, {@code RebindingTest}, {@code CallsTest}, {@code RelaySenderTest},
 * {@code SubscriptionKeyTest}, {@code SubscriberHealthTest}, {@code SubscriptionTablesSuite} on H2 and PostgreSQL,
 * {@code RelayJourneyIT} and {@code RelayNodesIT}.
 */
package org.mxhooks.relay;
