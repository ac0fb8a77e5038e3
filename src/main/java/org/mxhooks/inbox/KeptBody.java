package org.mxhooks.inbox;

/**
 * The body of a delivery.
 *
 * @param position of the delivery
 * @param bytes as they arrived
 */
public record KeptBody(long position, byte[] bytes) {}
