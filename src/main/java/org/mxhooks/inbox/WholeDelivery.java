package org.mxhooks.inbox;

import java.util.Optional;

/**
 * All that is kept of a delivery.
 *
 * @param kept the delivery without these
 * @param headers every header as a JSON object of arrays; none once it was emptied by age
 * @param body the bytes as they arrived; empty once it was emptied by age
 */
public record WholeDelivery(KeptDelivery kept, String headers, Optional<byte[]> body) {}
