package org.mxhooks.mirror;

import static org.mxhooks.mirror.History.ALERTS;
import static org.mxhooks.mirror.History.SPRINTS;
import static org.mxhooks.mirror.History.STORIES;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.mxhooks.database.TextTable;
import org.mxhooks.event.AlertEvent;
import org.mxhooks.event.PackageUploadedEvent;
import org.mxhooks.event.SprintEvent;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.TeamServerPushEvent;
import org.mxhooks.event.WebhookEvent;

/** The states of stories, sprints and services, and pushes and packages, kept from events and read by operators. */
@Stateless
public class Mirror {

    /** As an erasure goes through the mirror: a past version is a copy of what was current, so that goes first. */
    public static final List<TextTable> TEXTS = MirrorTables.TEXTS;

    @PersistenceContext(unitName = "mxhooks")
    EntityManager entities;

    /** Stores the state of an event, as a past version if a newer one is stored. */
    public void remember(WebhookEvent event) {
        if (event instanceof StoryEvent story) {
            remember(STORIES, story.storyId(), story, new StoryState(story));
        } else if (event instanceof SprintEvent sprint) {
            remember(SPRINTS, sprint.sprintId(), sprint, new SprintState(sprint));
        } else if (event instanceof TeamServerPushEvent push) {
            push.appId().ifPresent(app -> remember(app, push));
        } else if (event instanceof PackageUploadedEvent uploaded) {
            uploaded.appId().ifPresent(app -> remember(app, uploaded));
        } else if (event instanceof AlertEvent alert) {
            Alert.serviceId(alert).ifPresent(id -> ALERTS.keep(entities, id, alert, new AlertState(alert)));
        }
    }

    /** Reads what events are about that are remembered next. */
    void expect(List<WebhookEvent> events) {
        Expected expected = new Expected(entities);
        expected.read(Story.class, keys(events, StoryEvent.class, StoryEvent::storyId));
        expected.read(Sprint.class, keys(events, SprintEvent.class, SprintEvent::sprintId));
    }

    private static <E extends WebhookEvent> Stream<ResourceKey> keys(
            List<WebhookEvent> events, Class<E> type, ToLongFunction<E> id) {
        return events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .flatMap(event -> ResourceKey.of(event.appId(), id.applyAsLong(event)).stream());
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
                new Listing<>(entities, Listed.STORIES)
                        .with("storyType", type)
                        .with("parentId", parent)
                        .with("parentType", parent.map(any -> "Sprint")));
    }

    /**
     * A page of an app's stories, as they are or as they were at an instant, by the portal's clock.
     *
     * @param after where the page begins
     */
    public StoryPage stories(
            String appId, StoryFilter filter, Optional<Instant> at, Optional<Change> after, int limit) {
        if (!ResourceKey.isAppId(appId)) {
            return new StoryPage(List.of(), Optional.empty());
        }
        return at.map(instant -> new StoriesAt(entities, appId, instant).page(filter, after, limit))
                .orElseGet(() -> StoryPage.of(
                        filter.in(entities)
                                .read(appId, new Selection(Optional.empty(), Optional.empty(), after, limit + 1)),
                        limit));
    }

    /**
     * The stories of an app, or of one of its sprints, by status: as they are, or as they were at an instant.
     *
     * @param limit how many stories a status shows
     */
    public StoryBoard board(String appId, OptionalLong sprint, Optional<Instant> at, int limit) {
        return ResourceKey.isAppId(appId)
                ? new BoardReader(entities, appId, sprint, at, limit).read()
                : new StoryBoard(List.of(), true);
    }

    /** The apps of which stories or sprints are known, in the order of their ids: those after one, or after none. */
    public List<AppSummary> apps(String appId, int limit) {
        return new KnownApps(entities).after(appId, limit);
    }

    /**
     * The versions of a story that are kept, in full, the newest first by the portal's clock.
     *
     * @param after where the page before ended
     */
    public List<StorySnapshot> storyVersions(String appId, long storyId, Optional<Change> after, int limit) {
        return versions(STORIES, appId, storyId, after, limit);
    }

    /** The versions of a sprint, as of a {@linkplain #storyVersions story}. */
    public List<SprintSnapshot> sprintVersions(String appId, long sprintId, Optional<Change> after, int limit) {
        return versions(SPRINTS, appId, sprintId, after, limit);
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
        return read(appId, selection, new Listing<>(entities, Listed.SPRINTS));
    }

    /** The latest pushes to any app. */
    public List<PushSnapshot> pushes(Selection selection) {
        return new Listing<>(entities, Listed.PUSHES).read(selection);
    }

    /** A push; empty if the app has no such. */
    public Optional<PushSnapshot> push(String appId, UUID delivery) {
        return Optional.ofNullable(entities.find(Push.class, delivery.toString()))
                .filter(push -> push.appId().equals(appId))
                .map(Push::snapshot);
    }

    /**
     * The pushes to an app's branches, the latest to arrive first.
     *
     * @param branch letter for letter
     * @param story that their commits are related to, as the portal sends its id
     */
    public List<PushSnapshot> pushes(
            String appId, Optional<String> branch, Optional<String> story, Selection selection) {
        return read(
                appId,
                selection,
                new Listing<>(entities, Listed.PUSHES)
                        .with("branchName", branch)
                        .where(
                                "c.delivery in (select s.key.delivery from PushStory s"
                                        + " where s.appId = c.appId and s.key.story = :story)",
                                "story",
                                story));
    }

    /** The latest packages of any app. */
    public List<PackageSnapshot> packages(Selection selection) {
        return new Listing<>(entities, Listed.PACKAGES).read(selection);
    }

    /** An uploaded package; empty if the app has no such. */
    public Optional<PackageSnapshot> uploadedPackage(String appId, UUID delivery) {
        return Optional.ofNullable(entities.find(UploadedPackage.class, delivery.toString()))
                .filter(uploaded -> uploaded.appId().equals(appId))
                .map(UploadedPackage::snapshot);
    }

    /**
     * The packages of an app, the latest upload first.
     *
     * @param name letter for letter
     */
    public List<PackageSnapshot> packages(String appId, Optional<String> name, Selection selection) {
        return read(appId, selection, new Listing<>(entities, Listed.PACKAGES).with("name", name));
    }

    /** The newest alert of a service; empty if the app has no such. */
    public Optional<AlertSnapshot> alert(String appId, UUID serviceId) {
        return latestAlert(appId, serviceId).map(Alert::snapshot);
    }

    /**
     * The alert of a service that was the newest at an instant, by the portal's clock; empty if none was, or it is no
     * longer kept.
     */
    public Optional<AlertSnapshot> alert(String appId, UUID serviceId, Instant at) {
        return latestAlert(appId, serviceId)
                .flatMap(known -> ALERTS.at(entities, serviceId.toString(), at))
                .map(Version::snapshot);
    }

    private Optional<Alert> latestAlert(String appId, UUID serviceId) {
        return ALERTS.latest(entities, serviceId.toString())
                .filter(alert -> alert.state().appId().equals(appId));
    }

    /**
     * The newest alert of each service of an app.
     *
     * @param open whether it is not ended
     * @param severity as the portal sends it, letter for letter
     */
    public List<AlertSnapshot> alerts(
            String appId,
            Optional<Boolean> open,
            Optional<String> severity,
            Optional<String> environmentId,
            Selection selection) {
        return read(
                appId,
                selection,
                new Listing<>(entities, Listed.ALERTS)
                        .with("open", open)
                        .with("severity", severity)
                        .with("environmentId", environmentId));
    }

    /** The newest alert of each service of any app, of those that are open or of those that are not. */
    public List<AlertSnapshot> alerts(boolean open, Selection selection) {
        return new Listing<>(entities, Listed.ALERTS)
                .with("open", Optional.of(open))
                .read(selection);
    }

    /** For each of these newest alerts how long something was, or is, wrong, by it and the 100 before. */
    public List<AlertPeriod> periods(List<AlertSnapshot> newest) {
        return newest.stream().map(alert -> AlertPeriods.of(entities, alert)).toList();
    }

    private static <V> List<V> read(String appId, Selection selection, Listing<V> listing) {
        return ResourceKey.isAppId(appId) ? listing.read(appId, selection) : List.of();
    }

    private <V> Optional<V> latest(History<ResourceKey, V, ?, ?, ?> history, String appId, long id) {
        return ResourceKey.of(Optional.of(appId), id)
                .flatMap(key -> history.latest(entities, key))
                .map(Version::snapshot);
    }

    private <V> List<V> versions(
            History<ResourceKey, V, ?, ?, ?> history, String appId, long id, Optional<Change> after, int limit) {
        return ResourceKey.of(Optional.of(appId), id)
                .map(key -> history.versions(entities, key, after, limit))
                .orElse(List.of());
    }

    private <V> Optional<V> at(History<ResourceKey, V, ?, ?, ?> history, String appId, long id, Instant at) {
        return ResourceKey.of(Optional.of(appId), id)
                .flatMap(key -> history.at(entities, key, at))
                .map(Version::snapshot);
    }

    /** An event without a usable app is not mirrored; a remark on its delivery says so. */
    private <S extends ResourceState> void remember(
            History<ResourceKey, ?, S, ?, ?> history, long id, WebhookEvent event, S state) {
        ResourceKey.of(event.appId(), id).ifPresent(key -> history.keep(entities, key, event, state));
    }

    /** A push is kept once, however often that is repeated. */
    private void remember(String appId, TeamServerPushEvent push) {
        if (entities.find(Push.class, push.delivery().toString()) == null) {
            entities.persist(new Push(appId, push));
            PushStory.of(appId, push).forEach(entities::persist);
        }
    }

    private void remember(String appId, PackageUploadedEvent uploaded) {
        if (entities.find(UploadedPackage.class, uploaded.delivery().toString()) == null) {
            entities.persist(new UploadedPackage(appId, uploaded));
        }
    }
}
