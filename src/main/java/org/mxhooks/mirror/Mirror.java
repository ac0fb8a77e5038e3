package org.mxhooks.mirror;

import static org.mxhooks.mirror.History.SPRINTS;
import static org.mxhooks.mirror.History.STORIES;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
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

/** The states of stories and sprints, kept from events and read by operators. */
@Stateless
public class Mirror {

    @PersistenceContext(unitName = "mxhooks")
    EntityManager entities;

    /** Stores the state of an event, as a past version if a newer one is stored. */
    @Consumer(value = "mirror", from = From.BEGINNING)
    public void remember(@Observes WebhookEvent event) {
        if (event instanceof StoryEvent story) {
            remember(STORIES, story.storyId(), story, new StoryState(story));
        } else if (event instanceof SprintEvent sprint) {
            remember(SPRINTS, sprint.sprintId(), sprint, new SprintState(sprint));
        }
    }

    /** The latest state of a story; empty if the story is unknown. */
    public Optional<StorySnapshot> story(String appId, long storyId) {
        return latest(STORIES, appId, storyId);
    }

    /**
     * The state of a story that was valid at an instant, by the portal's clock; empty if none was, or it is no longer
     * kept.
     */
    public Optional<StorySnapshot> story(String appId, long storyId, Instant at) {
        return at(STORIES, appId, storyId, at);
    }

    /**
     * The latest states of an app's stories.
     *
     * @param type as the portal sends it, letter for letter
     * @param sprint in which they are planned
     */
    public List<StorySnapshot> stories(String appId, Optional<String> type, OptionalLong sprint, Selection selection) {
        Optional<Long> parent = sprint.isPresent() ? Optional.of(sprint.getAsLong()) : Optional.empty();
        return read(
                appId,
                selection,
                Listing.ofStories(entities)
                        .with("storyType", type)
                        .with("parentId", parent)
                        .with("parentType", parent.map(any -> "Sprint")));
    }

    /** The latest state of a sprint; empty if the sprint is unknown. */
    public Optional<SprintSnapshot> sprint(String appId, long sprintId) {
        return latest(SPRINTS, appId, sprintId);
    }

    /** The state of a sprint that was valid at an instant, as of a {@linkplain #story(String, long, Instant) story}. */
    public Optional<SprintSnapshot> sprint(String appId, long sprintId, Instant at) {
        return at(SPRINTS, appId, sprintId, at);
    }

    /** The latest states of an app's sprints. */
    public List<SprintSnapshot> sprints(String appId, Selection selection) {
        return read(appId, selection, Listing.ofSprints(entities));
    }

    private static <V> List<V> read(String appId, Selection selection, Listing<V> listing) {
        return ResourceKey.isAppId(appId) ? listing.read(appId, selection) : List.of();
    }

    private <V> Optional<V> latest(History<V, ?, ?, ?> history, String appId, long id) {
        return ResourceKey.of(Optional.of(appId), id)
                .flatMap(key -> history.latest(entities, key))
                .map(Version::snapshot);
    }

    private <V> Optional<V> at(History<V, ?, ?, ?> history, String appId, long id, Instant at) {
        return ResourceKey.of(Optional.of(appId), id)
                .flatMap(key -> history.at(entities, key, at))
                .map(Version::snapshot);
    }

    /** An event without a usable app is not mirrored; a remark on its delivery says so. */
    private <S extends ResourceState<?>> void remember(
            History<?, S, ?, ?> history, long id, WebhookEvent event, S state) {
        ResourceKey.of(event.appId(), id).ifPresent(key -> history.keep(entities, key, event, state));
    }
}
