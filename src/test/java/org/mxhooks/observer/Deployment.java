package org.mxhooks.observer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.mxhooks.WireFiles;
import org.mxhooks.dispatch.Notification;
import org.mxhooks.event.OperatorAlert;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.mendix.Provenance;

/** Beans in a CDI container, and the consumers that are found among them. */
record Deployment(WeldContainer container) implements AutoCloseable {

    static Deployment of(Class<?>... beans) {
        return new Deployment(new Weld()
                .disableDiscovery()
                .addExtension(new ConsumerDiscovery())
                .addBeanClasses(beans)
                .addBeanClasses(RequestScope.class, AlertObservers.class)
                .initialize());
    }

    List<ObserverConsumer> consumers() {
        RequestScope requestScope = container.select(RequestScope.class).get();
        return container.select(ConsumerDiscovery.class).get().methods().stream()
                .map(method -> new ObserverConsumer(method, container.getBeanManager(), requestScope))
                .toList();
    }

    /** Names of the consumers that want an event. */
    List<String> wanting(WebhookEvent event) {
        return consumers().stream()
                .filter(consumer -> consumer.wants(event))
                .map(ObserverConsumer::name)
                .toList();
    }

    /** Names of the consumers that may want a delivery, by what is stored of it. */
    List<String> mayWant(String category, String action) {
        return consumers().stream()
                .filter(consumer -> consumer.wants(stored(category, action)))
                .map(ObserverConsumer::name)
                .toList();
    }

    /** What is stored of a delivery of which little is known. */
    static Attributes stored(String category, String action) {
        return new Attributes(
                Optional.empty(),
                category,
                action,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** Notifies each observer of alarms. */
    void alarm(OperatorAlert alarm) {
        container
                .select(AlertObservers.class)
                .get()
                .of(alarm)
                .forEach(call -> call.work().run());
    }

    /** Notifies each consumer that wants an event. */
    void notify(WebhookEvent event) {
        consumers().stream()
                .filter(consumer -> consumer.wants(event))
                .forEach(consumer -> consumer.notify(new Notification(event, "{}", new byte[0])));
    }

    /** An event of a body by a file's name: stories and sprints come by one scheme, all others by the other. */
    static WebhookEvent event(String file) {
        return event(
                file.matches("(story|sprint)-.*") ? "projects" : "standard-webhooks",
                WireFiles.bytes("bodies/" + file));
    }

    static WebhookEvent event(String scheme, byte[] body) {
        try {
            return DecodedBody.decode(scheme, body)
                    .toEvent(new Provenance(
                            UUID.randomUUID(), Optional.empty(), "default", 1, Instant.EPOCH, false, "{}"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        container.close();
    }
}
