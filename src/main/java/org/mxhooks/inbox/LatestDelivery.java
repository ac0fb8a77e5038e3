package org.mxhooks.inbox;

import java.time.Instant;

/**
 * The delivery that an endpoint accepted last, on any node.
 *
 * @param scheme by which it was verified
 * @param receivedAt by the database's clock
 * @param headers every header as a JSON object of arrays; none once it was emptied by age
 */
public record LatestDelivery(String scheme, Instant receivedAt, String headers) {}
