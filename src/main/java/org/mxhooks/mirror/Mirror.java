package org.mxhooks.mirror;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
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
            remember(Story.class, story.storyId(), story, Story::new, Story::take);
        } else if (event instanceof SprintEvent sprint) {
            remember(Sprint.class, sprint.sprintId(), sprint, Sprint::new, Sprint::take);
        }
    }

    /** The latest state of a story; empty if none was ever heard of. */
    public Optional<JsonObject> story(String appId, long storyId) {
        return known(Story.class, appId, storyId).map(Story::json);
    }

    /** The latest state of a sprint; empty if none was ever heard of. */
    public Optional<JsonObject> sprint(String appId, long sprintId) {
        return known(Sprint.class, appId, sprintId).map(Sprint::json);
    }

    private <S extends MirroredState> Optional<S> known(Class<S> type, String appId, long id) {
        return ResourceKey.of(Optional.of(appId), id).map(key -> entities.find(type, key));
    }

    private <S extends MirroredState, E extends WebhookEvent> void remember(
            Class<S> type, long id, E event, Function<ResourceKey, S> first, BiConsumer<S, E> take) {
        Optional<ResourceKey> key = ResourceKey.of(event.appId(), id);
        if (key.isEmpty()) {
            LOG.log(WARNING, "Delivery {0} names no app, so it cannot be mirrored", event.delivery());
            return;
        }
        S known = entities.find(type, key.get());
        S state = known == null ? first.apply(key.get()) : known;
        if (state.isOlderThan(event)) {
            take.accept(state, event);
            entities.persist(state);
        }
    }
}
