package com.example.jakarta;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** A story as it was. */
@Entity
@Table(name = "story_version")
public class StoryVersion {

    @Id
    String delivery;

    @Column(name = "app_id")
    String appId;

    @Column(name = "story_id")
    long storyId;

    @Column(name = "updated_at")
    OffsetDateTime updatedAt;

    String name;

    String description;

    String status;

    @Column(name = "story_type")
    String storyType;

    @Column(name = "superseded_at")
    OffsetDateTime supersededAt;

    protected StoryVersion() {}

    StoryVersion(StoryKey key, StoryState state, OffsetDateTime supersededAt) {
        appId = key.appId;
        storyId = key.storyId;
        delivery = state.delivery;
        updatedAt = state.updatedAt;
        name = state.name;
        description = state.description;
        status = state.status;
        storyType = state.storyType;
        this.supersededAt = supersededAt;
    }
}
