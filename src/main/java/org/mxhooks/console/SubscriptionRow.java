package org.mxhooks.console;

import java.time.Instant;
import org.mxhooks.relay.BreakerState;
import org.mxhooks.relay.Subscription;

/**
 * A subscription, as a page shows it.
 *
 * @param id its id
 * @param name its name
 * @param target of its URL
 * @param events the categories
 * @param format in which it is sent
 * @param fingerprint of its secret
 * @param active whether deliveries are sent
 * @param pauseReason why the relay paused it, or empty
 * @param breaker whether its subscriber is called, in one word
 * @param cause why it is not, or empty
 * @param nextProbe when it is called again, or null
 * @param consumer the name of its consumer
 */
public record SubscriptionRow(
        String id,
        String name,
        String target,
        String events,
        String format,
        String fingerprint,
        boolean active,
        String pauseReason,
        String breaker,
        String cause,
        Instant nextProbe,
        String consumer) {

    static SubscriptionRow of(Subscription subscription) {
        BreakerState breaker = subscription.breaker();
        return new SubscriptionRow(
                subscription.id().toString(),
                subscription.content().name(),
                subscription.content().url(),
                String.join(", ", subscription.content().events()),
                subscription.content().format(),
                subscription.secretFingerprint(),
                subscription.active(),
                subscription.pauseReason().orElse(""),
                breaker.phase().toString(),
                breaker.cause().orElse(""),
                breaker.nextProbeAt().orElse(null),
                subscription.consumer());
    }

    /** In one word, a key of the texts. */
    public String state() {
        return !active ? "paused" : breaker.equals("closed") ? "working" : "failing";
    }

    /** Its page. */
    public String url() {
        return PageUrl.of("subscriptions", "id", id);
    }

    /** The list of its dead letters. */
    public String deadUrl() {
        return PageUrl.of("dead-letters", "consumer", consumer);
    }
}
