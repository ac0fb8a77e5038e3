package org.mxhooks.companion;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.StoryEvent;

/** CDI observers that write by JPA what the database refuses, until it is mended. */
public final class Labels {

    static final String UNIT = "companion";

    private Labels() {}

    /** One more of a text that is there. */
    static Label again(StoryEvent story) {
        return new Label(story.storyId(), "taken");
    }

    /** Leaves the writing to the commit. */
    @ApplicationScoped
    public static class Persisting {
        @PersistenceContext(unitName = UNIT)
        EntityManager entities;

        @Consumer("persists")
        void on(@Observes StoryEvent story) {
            if (Failing.at(story, "persists")) {
                entities.persist(again(story));
            }
        }
    }

    /** Says nothing of what went wrong. */
    @ApplicationScoped
    public static class Swallowing {
        @PersistenceContext(unitName = UNIT)
        EntityManager entities;

        @Consumer("swallows")
        void on(@Observes StoryEvent story) {
            if (Failing.at(story, "swallows")) {
                entities.persist(again(story));
                try {
                    entities.flush();
                } catch (PersistenceException swallowed) {
                    Notes.take(story, "swallowed", "it");
                }
            }
        }
    }
}
