package com.example.jakarta;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.Objects;

/** Identifies a story. */
@Embeddable
public class StoryKey implements Serializable {

    private static final long serialVersionUID = 1;

    @Column(name = "app_id")
    String appId;

    @Column(name = "story_id")
    long storyId;

    protected StoryKey() {}

    StoryKey(String appId, long storyId) {
        this.appId = appId;
        this.storyId = storyId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoryKey key && key.appId.equals(appId) && key.storyId == storyId;
    }

    @Override
    public int hashCode() {
        return Objects.hash(appId, storyId);
    }
}
