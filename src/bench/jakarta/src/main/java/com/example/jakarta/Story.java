package com.example.jakarta;

import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;

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
}
