package org.mxhooks.dispatch;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param transaction timeout of the transaction in which a consumer is notified
 * @param consumer after which a notification is given up
 * @param interrupts whether a thread is interrupted then
 * @param retry for how long and how often a failed event is retried
 */
record Limits(Duration transaction, Duration consumer, boolean interrupts, RetryPolicy retry) {}
