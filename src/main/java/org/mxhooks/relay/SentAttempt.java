package org.mxhooks.relay;

/**
 * An attempt to send a delivery to one of its subscriptions.
 *
 * @param consumer the name of the subscription's consumer
 * @param attempt when it is tried again is not read
 */
public record SentAttempt(String consumer, Attempt attempt) {}
