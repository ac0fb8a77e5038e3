package org.mxhooks.relay;

import java.util.Locale;

/** What a subscription is doing, in the words for consumers. */
public enum SubscriptionStatus {
    /** Nothing is sent to it until it is resumed. */
    PAUSED,
    /** Its subscriber is not called, or only with a probe: the breaker is not closed, or it asked to wait. */
    WAITING,
    /** Deliveries are sent to it. */
    RUNNING;

    /** As in the API. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
