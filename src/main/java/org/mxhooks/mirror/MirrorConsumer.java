package org.mxhooks.mirror;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.UpcomingEvents;
import org.mxhooks.event.WebhookEvent;

/**
 * Keeps the mirror. Apart from the EJB that operators read by: what a container does around each call of an EJB would
 * cost a fifth of this one.
 */
@ApplicationScoped
class MirrorConsumer {

    @PersistenceContext(unitName = "mxhooks")
    EntityManager entities;

    private final Mirror mirror = new Mirror();

    @PostConstruct
    void open() {
        mirror.entities = entities;
    }

    void expect(@Observes UpcomingEvents upcoming) {
        mirror.expect(upcoming.events());
    }

    @Consumer(value = "mirror", from = From.BEGINNING)
    void remember(@Observes WebhookEvent event) {
        mirror.remember(event);
    }
}
