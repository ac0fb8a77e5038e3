package org.mxhooks.api;

import static org.mxhooks.api.JsonObjects.add;
import static org.mxhooks.api.JsonObjects.array;
import static org.mxhooks.api.JsonObjects.object;

import jakarta.json.JsonObjectBuilder;
import org.mxhooks.relay.Attempt;
import org.mxhooks.relay.BreakerState;
import org.mxhooks.relay.ReEncryption;
import org.mxhooks.relay.Subscription;
import org.mxhooks.relay.SubscriptionContent;
import org.mxhooks.relay.Subscriptions;

/** Subscriptions and attempts as JSON. */
final class SubscriptionJson {

    private SubscriptionJson() {}

    static JsonObjectBuilder of(Subscription subscription) {
        SubscriptionContent content = subscription.content();
        JsonObjectBuilder headers = object();
        content.headers().forEach(headers::add);
        JsonObjectBuilder json = object().add("id", subscription.id().toString())
                .add("name", content.name())
                .add("url", content.url())
                .add("version", content.version())
                .add("events", array(content.events()))
                .add("filter", object().add("apps", array(content.apps())).add("actions", array(content.actions())))
                .add("format", content.format())
                .add("headers", headers)
                .add("active", subscription.active())
                .add("state", subscription.status().toString());
        add(json, "pauseReason", subscription.pauseReason());
        return json.add("breaker", of(subscription.breaker()))
                .add("secretFingerprint", subscription.secretFingerprint())
                .add("createdAt", subscription.createdAt().toString());
    }

    private static JsonObjectBuilder of(BreakerState breaker) {
        JsonObjectBuilder json = object().add("state", breaker.phase().toString());
        add(json, "since", breaker.since());
        add(json, "nextProbeAt", breaker.nextProbeAt());
        json.add("consecutiveFailures", breaker.consecutiveFailures());
        add(json, "cause", breaker.cause());
        add(json, "waitsUntil", breaker.waitsUntil());
        return json;
    }

    /** With the secret. */
    static JsonObjectBuilder of(Subscriptions.IssuedSecret created) {
        return of(created.subscription()).add("secret", created.secret());
    }

    static JsonObjectBuilder of(ReEncryption ended) {
        return object().add("reEncrypted", ended.reEncrypted()).add("remaining", ended.remaining());
    }

    static JsonObjectBuilder of(Attempt attempt) {
        JsonObjectBuilder json = object().add("delivery", attempt.delivery().toString())
                .add("startedAt", attempt.startedAt().toString())
                .add("durationMs", attempt.duration().toMillis());
        attempt.status().ifPresent(status -> json.add("status", status));
        add(json, "error", attempt.error());
        add(json, "responseExcerpt", attempt.responseExcerpt());
        add(json, "nextAttemptAt", attempt.nextAttemptAt());
        return json;
    }
}
