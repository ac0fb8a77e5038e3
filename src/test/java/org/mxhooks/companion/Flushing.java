package org.mxhooks.companion;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.StoryEvent;

/** An EJB that writes by JPA what the database refuses, until it is mended. */
@Stateless
public class Flushing {
    @PersistenceContext(unitName = Labels.UNIT)
    EntityManager entities;

    @Consumer("flushes")
    public void on(@Observes StoryEvent story) {
        if (Failing.at(story, "flushes")) {
            entities.persist(Labels.again(story));
            entities.flush();
        }
    }
}
