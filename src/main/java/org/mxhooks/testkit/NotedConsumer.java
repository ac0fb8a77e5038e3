package org.mxhooks.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.mxhooks.dispatch.EventConsumer;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.WebhookEvent;

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
    public boolean joinsTransaction() {
        return consumer.joinsTransaction();
    }

    @Override
    public void notify(WebhookEvent event) {
        notified.add(event.delivery());
        consumer.notify(event);
    }
}
