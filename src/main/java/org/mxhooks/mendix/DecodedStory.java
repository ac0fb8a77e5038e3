package org.mxhooks.mendix;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.mxhooks.event.StoryEvent;

final class DecodedStory extends DecodedEvent implements StoryEvent {

    private final long storyId;
    private final JsonFields story;

    DecodedStory(Payload payload, Provenance provenance, long storyId, JsonFields story) {
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
        return story.number("ParentId");
    }

    @Override
    public Optional<String> parentType() {
        return story.text("ParentType");
    }

    @Override
    public Optional<String> name() {
        return story.text("Name");
    }

    @Override
    public Optional<String> description() {
        return story.text("Description");
    }

    @Override
    public Optional<String> status() {
        return story.text("Status");
    }

    @Override
    public Optional<String> storyType() {
        return story.text("StoryType");
    }

    @Override
    public Optional<Boolean> hasSubStories() {
        return story.bool("HasSubStories");
    }

    @Override
    public Optional<Instant> creationDate() {
        return story.instant("CreationDate");
    }
}
