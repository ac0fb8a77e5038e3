package org.mxhooks.relay;

import java.time.Duration;
import java.util.Optional;
import org.mxhooks.dispatch.EventConsumer;
import org.mxhooks.dispatch.Notification;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.mendix.Attributes;

/** A subscription as a consumer of the log. */
final class SubscriptionConsumer implements EventConsumer {

    private final Recipient recipient;
    private final RelaySender sender;
    private final Duration retryFor;

    SubscriptionConsumer(Recipient recipient, RelaySender sender, Duration retryFor) {
        this.recipient = recipient;
        this.sender = sender;
        this.retryFor = retryFor;
    }

    @Override
    public String name() {
        return recipient.subscription().consumer();
    }

    @Override
    public String kind() {
        return "subscription";
    }

    @Override
    public From from() {
        return From.END;
    }

    @Override
    public boolean isEnlisted() {
        return true;
    }

    @Override
    public boolean wants(Attributes stored) {
        SubscriptionContent content = recipient.subscription().content();
        return content.events().contains(stored.category())
                && (content.actions().isEmpty() || content.actions().contains(stored.action()))
                && (content.apps().isEmpty()
                        || stored.appId().filter(content.apps()::contains).isPresent());
    }

    @Override
    public Policy policy() {
        return Policy.EXTERNAL;
    }

    @Override
    public Optional<Duration> retryFor() {
        return Optional.of(retryFor);
    }

    @Override
    public void notify(Notification notification) throws Exception {
        sender.recordTaken(recipient, notification, sender.send(recipient, notification));
    }

    /** The revision grows with each change. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SubscriptionConsumer consumer
                && consumer.name().equals(name())
                && consumer.recipient.subscription().revision()
                        == recipient.subscription().revision();
    }

    @Override
    public int hashCode() {
        return name().hashCode();
    }
}
