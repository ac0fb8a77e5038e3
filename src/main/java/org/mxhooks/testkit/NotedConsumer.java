package org.mxhooks.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.mxhooks.dispatch.EventConsumer;
import org.mxhooks.dispatch.Notification;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.mendix.Attributes;

/**
 * A consumer whose notifications are recorded: a cursor does not show whether a consumer was notified or ignored the
 * event.
 */
record NotedConsumer(EventConsumer consumer, List<UUID> notified) implements EventConsumer {

    NotedConsumer(EventConsumer consumer) {
        this(consumer, new ArrayList<>());
    }

    @Override
    public String name() {
        return consumer.name();
    }

    @Override
    public From from() {
        return consumer.from();
    }

    @Override
    public boolean wants(WebhookEvent event) {
        return consumer.wants(event);
    }

    @Override
    public String kind() {
        return consumer.kind();
    }

    @Override
    public boolean wants(Attributes stored) {
        return consumer.wants(stored);
    }

    @Override
    public Policy policy() {
        return consumer.policy();
    }

    @Override
    public void notify(Notification notification) throws Exception {
        notified.add(notification.event().delivery());
        consumer.notify(notification);
    }
}
