package org.mxhooks.relay;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.mxhooks.dispatch.AsyncConsumer;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.mendix.Attributes;

/** A subscription as a consumer of the log. */
final class SubscriptionConsumer implements AsyncConsumer {

    private final Recipient recipient;
    private final RelaySender sender;
    private final Duration retryFor;
    private final SubscriptionTable table;

    SubscriptionConsumer(Recipient recipient, RelaySender sender, Duration retryFor, SubscriptionTable table) {
        this.recipient = recipient;
        this.sender = sender;
        this.retryFor = retryFor;
        this.table = table;
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
    public boolean isCurrent() throws SQLException {
        return table.isAt(
                recipient.subscription().id(), recipient.subscription().revision());
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
    public Optional<Set<String>> categories() {
        return Optional.of(recipient.subscription().content().events());
    }

    @Override
    public Optional<Duration> retryFor() {
        return Optional.of(retryFor);
    }

    @Override
    public CompletableFuture<CallOutcome> call(LogEntry delivery) {
        return sender.send(recipient, delivery);
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
