package org.mxhooks.mendix;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.mxhooks.event.StoryEvent;

final class DecodedStory extends DecodedEvent implements StoryEvent {

    private final long storyId;
    private final JsonObject story;

    DecodedStory(PortalBody payload, Provenance provenance, long storyId, JsonObject story) {
        super(payload, provenance);
        this.storyId = storyId;
        this.story = story;
    }

    @Override
    public long storyId() {
        return storyId;
    }

    @Override
    public OptionalLong parentId() {
        return parent().map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** The older vocabulary names the parent by its type. */
    @Override
    public Optional<String> parentType() {
        return PortalFields.PARENT_TYPE
                .of(story)
                .or(() -> isInSprintOfOlderVocabulary() ? Optional.of("Sprint") : Optional.empty());
    }

    @Override
    public Optional<String> name() {
        return PortalFields.NAME.of(story);
    }

    @Override
    public Optional<String> description() {
        return PortalFields.DESCRIPTION.of(story);
    }

    @Override
    public Optional<String> status() {
        return PortalFields.STATUS.of(story);
    }

    @Override
    public Optional<String> storyType() {
        return PortalFields.STORY_TYPE.of(story);
    }

    @Override
    public Optional<Boolean> hasSubStories() {
        return PortalFields.HAS_SUB_STORIES.of(story);
    }

    @Override
    public Optional<Instant> creationDate() {
        return PortalFields.CREATION_DATE.of(story);
    }

    private Optional<Long> parent() {
        return isInSprintOfOlderVocabulary()
                ? PortalFields.PARENT_SPRINT_ID.of(story)
                : PortalFields.PARENT_ID.of(story);
    }

    private boolean isInSprintOfOlderVocabulary() {
        return !PortalFields.PARENT_ID.isIn(story)
                && PortalFields.PARENT_SPRINT_ID.of(story).isPresent();
    }
}
