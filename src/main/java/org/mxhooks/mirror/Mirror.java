package org.mxhooks.mirror;

import static java.lang.System.Logger.Level.WARNING;
import static org.mxhooks.mirror.History.SPRINTS;
import static org.mxhooks.mirror.History.STORIES;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.SprintEvent;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.WebhookEvent;

/** Keeps the states of stories and sprints, and tells them. */
@Stateless
public class Mirror {

    private static final System.Logger LOG = System.getLogger(Mirror.class.getName());

    @PersistenceContext(unitName = "mxhooks")
    EntityManager entities;

    /** Takes over the state that an event tells; into the past if a newer one is known. */
    @Consumer(value = "mirror", from = From.BEGINNING)
    public void remember(@Observes WebhookEvent event) {
        if (event instanceof StoryEvent story) {
            remember(STORIES, story.storyId(), story, new StoryState(story));
        } else if (event instanceof SprintEvent sprint) {
            remember(SPRINTS, sprint.sprintId(), sprint, new SprintState(sprint));
        }
    }

    /** The latest state of a story; empty if none was ever heard of. */
    public Optional<JsonObject> story(String appId, long storyId) {
        return latest(STORIES, appId, storyId);
    }

    /**
     * The state of a story that was valid at an instant, by the portal's clock; empty if none was, or it is no longer
     * kept.
     */
    public Optional<JsonObject> story(String appId, long storyId, Instant at) {
        return at(STORIES, appId, storyId, at);
    }

    /**
     * The latest states of an app's stories.
     *
     * @param type as the portal tells it, letter for letter
     * @param sprint in which they are planned
     */
    public Page stories(String appId, Optional<String> type, OptionalLong sprint, Selection selection) {
        Optional<Long> parent = sprint.isPresent() ? Optional.of(sprint.getAsLong()) : Optional.empty();
        return page(
                appId,
                selection,
                Listing.ofStories(entities)
                        .with("storyType", type)
                        .with("parentId", parent)
                        .with("parentType", parent.map(any -> "Sprint")));
    }

    /** The latest state of a sprint; empty if none was ever heard of. */
    public Optional<JsonObject> sprint(String appId, long sprintId) {
        return latest(SPRINTS, appId, sprintId);
    }

    /** The state of a sprint that was valid at an instant, as of a {@linkplain #story(String, long, Instant) story}. */
    public Optional<JsonObject> sprint(String appId, long sprintId, Instant at) {
        return at(SPRINTS, appId, sprintId, at);
    }

    /** The latest states of an app's sprints. */
    public Page sprints(String appId, Selection selection) {
        return page(appId, selection, Listing.ofSprints(entities));
    }

    private static Page page(String appId, Selection selection, Listing listing) {
        return ResourceKey.isAppId(appId) ? listing.page(appId, selection) : new Page(List.of(), Optional.empty());
    }

    private Optional<JsonObject> latest(History<?, ?, ?> history, String appId, long id) {
        return ResourceKey.of(Optional.of(appId), id)
                .flatMap(key -> history.latest(entities, key))
                .map(Snapshot::json);
    }

    private Optional<JsonObject> at(History<?, ?, ?> history, String appId, long id, Instant at) {
        return ResourceKey.of(Optional.of(appId), id)
                .flatMap(key -> history.at(entities, key, at))
                .map(Snapshot::json);
    }

    private <S extends State> void remember(History<S, ?, ?> history, long id, WebhookEvent event, S news) {
        ResourceKey.of(event.appId(), id)
                .ifPresentOrElse(
                        key -> history.keep(entities, key, event, news),
                        () -> LOG.log(
                                WARNING,
                                "Delivery {0} not mirrored: no usable Project.AppId; see its remarks",
                                event.delivery()));
    }
}
