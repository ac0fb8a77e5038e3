package com.example.jakarta;

import jakarta.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.OffsetDateTime;

/** What a delivery says about a story. */
@Embeddable
public class StoryState {

    String delivery;

    @Column(name = "updated_at")
    OffsetDateTime updatedAt;

    String name;

    String description;

    String status;

    @Column(name = "story_type")
    String storyType;

    protected StoryState() {}

    StoryState(String delivery, JsonObject event) {
        JsonObject story = event.getJsonObject("Story");
        this.delivery = delivery;
        updatedAt = OffsetDateTime.parse(event.getJsonObject("Meta").getString("UpdatedAt"));
        name = story.getString("Name");
        description = story.getString("Description");
        status = story.getString("Status");
        storyType = story.getString("StoryType");
    }
}
