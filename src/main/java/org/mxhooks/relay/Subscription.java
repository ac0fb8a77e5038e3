package org.mxhooks.relay;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A subscription, without its secret. The values of its headers are masked, since they may be credentials.
 *
 * @param content what operators say of it
 * @param active whether deliveries are sent; they are kept meanwhile
 * @param pauseReason why it was paused, unless an operator did
 * @param breaker whether its subscriber is called
 * @param secretFingerprint to compare secrets by, 12 hex digits of a hash
 * @param revision greater after each change of what it holds
 */
public record Subscription(
        UUID id,
        SubscriptionContent content,
        boolean active,
        Optional<String> pauseReason,
        BreakerState breaker,
        String secretFingerprint,
        Instant createdAt,
        long revision) {

    /** Stands for a header's value; sent back, it leaves the value as it is. */
    public static final String MASK = "****";

    /** The name of its consumer. */
    public String consumer() {
        return consumer(id);
    }

    /** Whether its deliveries are sent. */
    public SubscriptionStatus status() {
        if (!active) {
            return SubscriptionStatus.PAUSED;
        }
        return breaker.isCalled() ? SubscriptionStatus.RUNNING : SubscriptionStatus.WAITING;
    }

    static String consumer(UUID id) {
        return "subscription-" + id;
    }
}
