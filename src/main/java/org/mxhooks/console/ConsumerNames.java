package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import java.util.stream.Collectors;
import org.mxhooks.relay.Subscription;
import org.mxhooks.relay.SubscriptionStatus;

/** What people call consumers: a subscription's by the name of the subscription. */
@Named
@RequestScoped
public class ConsumerNames {

    @Inject
    Figures figures;

    private Map<String, Subscription> subscriptions;

    @PostConstruct
    void read() {
        subscriptions = figures.subscriptions().stream()
                .collect(Collectors.toMap(Subscription::consumer, subscription -> subscription));
    }

    /** Whether it is a subscription's. */
    public boolean ofSubscription(String consumer) {
        return subscriptions.containsKey(consumer);
    }

    /** The consumer for people. */
    public String of(String consumer) {
        Subscription subscription = subscriptions.get(consumer);
        return subscription == null ? consumer : subscription.content().name();
    }

    /** Whether it is that of a subscription whose subscriber is not called. */
    boolean isHeld(String consumer) {
        Subscription subscription = subscriptions.get(consumer);
        return subscription != null && subscription.status() == SubscriptionStatus.WAITING;
    }

    /** The page of its subscription. */
    public String url(String consumer) {
        return PageUrl.of(
                "subscriptions", "id", subscriptions.get(consumer).id().toString());
    }
}
