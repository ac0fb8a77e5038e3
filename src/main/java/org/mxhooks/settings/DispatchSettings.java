package org.mxhooks.settings;

import java.time.Duration;

/**
 * How events are delivered to consumers.
 *
 * @param retryFor how long after its first failure an event is tried again ({@code mxhooks.retry.for})
 * @param consumerTimeout how long a consumer may take over an event ({@code mxhooks.consumer.timeout})
 * @param retention for how long bodies, and superseded versions in the mirror, are kept ({@code mxhooks.retention})
 */
public record DispatchSettings(Duration retryFor, Duration consumerTimeout, Duration retention) {}
