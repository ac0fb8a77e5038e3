package com.example.jakarta;

import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.time.OffsetDateTime;

/** A story as it is now. */
@Entity
public class Story {

    @EmbeddedId
    StoryKey key;

    @Embedded
    StoryState state;

    protected Story() {}

    Story(StoryKey key, StoryState state) {
        this.key = key;
        this.state = state;
    }

    boolean isOlderThan(StoryState other) {
        return state.updatedAt.isBefore(other.updatedAt);
    }

    /** By a method of the entity, so that the provider notices. */
    void replaceBy(StoryState newer) {
        state = newer;
    }

    /** As it is until now. */
    StoryVersion version(OffsetDateTime now) {
        return new StoryVersion(key, state, now);
    }
}
