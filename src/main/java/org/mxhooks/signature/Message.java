package org.mxhooks.signature;

import java.util.Optional;

/**
 * A delivery that is to be signed.
 *
 * @param id by which its sender knows it; the same each time that it is sent
 * @param category that was subscribed to; empty where it is not known
 * @param body the bytes to be sent
 */
public record Message(String id, Optional<String> category, byte[] body) {}
