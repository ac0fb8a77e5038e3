package org.mxhooks.console;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.stream.Stream;
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
 * @param state in one word, a key of the texts
 * @param pauseReason why the relay paused it, or empty
 * @param filter the apps and actions that it wants alone, or empty
 * @param headers the names of those that are sent along, or empty
 * @param breaker whether its subscriber is called, in one word
 * @param cause why it is not, or empty
 * @param openSince when that began, or null
 * @param failures in a row
 * @param nextProbe when it is called again, or null
 * @param waitsUntil until when it asked not to be called, or null
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
        String state,
        String pauseReason,
        String filter,
        String headers,
        String breaker,
        String cause,
        Instant openSince,
        int failures,
        Instant nextProbe,
        Instant waitsUntil,
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
                subscription.status().toString(),
                subscription.pauseReason().orElse(""),
                Stream.concat(subscription.content().apps().stream(), subscription.content().actions().stream())
                        .collect(joining(", ")),
                String.join(", ", subscription.content().headers().keySet()),
                breaker.phase().toString(),
                breaker.cause().orElse(""),
                breaker.since().orElse(null),
                breaker.consecutiveFailures(),
                breaker.nextProbeAt().orElse(null),
                breaker.waitsUntil().orElse(null),
                subscription.consumer());
    }

    /** Its page. */
    public String url() {
        return PageUrl.of("subscriptions", "id", id);
    }

    /** The form that edits it. */
    public String editUrl() {
        return PageUrl.of("subscription", "subscription", id);
    }

    /** The form that gives it another secret. */
    public String rotateUrl() {
        return PageUrl.of("subscription-secret", "subscription", id);
    }

    /** Where its deletion is confirmed. */
    public String deleteUrl() {
        return PageUrl.of("confirm", "change", "delete-subscription", "subscription", id);
    }

    /** The list of its dead letters. */
    public String deadUrl() {
        return PageUrl.of("dead-letters", "consumer", consumer);
    }
}
