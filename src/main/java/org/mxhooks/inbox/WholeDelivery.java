package org.mxhooks.inbox;

import java.util.Optional;

/**
 * All that is kept of a delivery.
 *
 * @param kept what the log tells of it
 * @param remarks what was missing, malformed or disagreeing in the headers: a JSON array of texts
 * @param undecodable why the body could not be decoded
 * @param headers every header as a JSON object of arrays; none once it was emptied by age
 * @param body the bytes as they arrived; empty once it was emptied by age
 */
public record WholeDelivery(
        KeptDelivery kept, String remarks, Optional<String> undecodable, String headers, Optional<byte[]> body) {}
