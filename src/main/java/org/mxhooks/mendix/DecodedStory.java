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
        return ProjectsFields.PARENT_TYPE
                .of(story)
                .or(() -> isInSprintOfOlderVocabulary() ? Optional.of("Sprint") : Optional.empty());
    }

    @Override
    public Optional<String> name() {
        return ProjectsFields.NAME.of(story);
    }

    @Override
    public Optional<String> description() {
        return ProjectsFields.DESCRIPTION.of(story);
    }

    @Override
    public Optional<String> status() {
        return ProjectsFields.STATUS.of(story);
    }

    @Override
    public Optional<String> storyType() {
        return ProjectsFields.STORY_TYPE.of(story);
    }

    @Override
    public Optional<Boolean> hasSubStories() {
        return ProjectsFields.HAS_SUB_STORIES.of(story);
    }

    @Override
    public Optional<Instant> creationDate() {
        return ProjectsFields.CREATION_DATE.of(story);
    }

    private Optional<Long> parent() {
        return isInSprintOfOlderVocabulary()
                ? ProjectsFields.PARENT_SPRINT_ID.of(story)
                : ProjectsFields.PARENT_ID.of(story);
    }

    private boolean isInSprintOfOlderVocabulary() {
        return !ProjectsFields.PARENT_ID.isIn(story)
                && ProjectsFields.PARENT_SPRINT_ID.of(story).isPresent();
    }
}
