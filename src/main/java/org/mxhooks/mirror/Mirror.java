package org.mxhooks.mirror;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.SprintEvent;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.WebhookEvent;

/** Keeps the latest state of stories and sprints, and tells it. */
@Stateless
public class Mirror {

    private static final System.Logger LOG = System.getLogger(Mirror.class.getName());

    @PersistenceContext(unitName = "mxhooks")
    EntityManager entities;

    /** Takes over the state that an event tells, unless a newer one is known. */
    @Consumer(value = "mirror", from = From.BEGINNING)
    public void remember(@Observes WebhookEvent event) {
        if (event instanceof StoryEvent story) {
            key(event, story.storyId()).ifPresent(key -> remember(key, story));
        } else if (event instanceof SprintEvent sprint) {
            key(event, sprint.sprintId()).ifPresent(key -> remember(key, sprint));
        }
    }

    /** The latest state of a story; empty if none was ever heard of. */
    public Optional<JsonObject> story(String appId, long storyId) {
        return Optional.ofNullable(entities.find(Story.class, new ResourceKey(appId, storyId)))
                .map(Story::json);
    }

    /** The latest state of a sprint; empty if none was ever heard of. */
    public Optional<JsonObject> sprint(String appId, long sprintId) {
        return Optional.ofNullable(entities.find(Sprint.class, new ResourceKey(appId, sprintId)))
                .map(Sprint::json);
    }

    private void remember(ResourceKey key, StoryEvent event) {
        Story known = entities.find(Story.class, key);
        Story story = known == null ? new Story(key) : known;
        if (story.isOlderThan(event)) {
            story.take(event);
            entities.persist(story);
        }
    }

    private void remember(ResourceKey key, SprintEvent event) {
        Sprint known = entities.find(Sprint.class, key);
        Sprint sprint = known == null ? new Sprint(key) : known;
        if (sprint.isOlderThan(event)) {
            sprint.take(event);
            entities.persist(sprint);
        }
    }

    private static Optional<ResourceKey> key(WebhookEvent event, long id) {
        Optional<ResourceKey> key = ResourceKey.of(event.appId(), id);
        if (key.isEmpty()) {
            LOG.log(WARNING, "Delivery {0} names no app, so it cannot be mirrored", event.delivery());
        }
        return key;
    }
}
