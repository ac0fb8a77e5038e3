package org.mxhooks.mirror;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.mxhooks.event.StoryEvent;

/** The latest known state of a story. */
@Entity
@Table(schema = "mxhooks", name = "story")
@AttributeOverride(name = "key.id", column = @Column(name = "story_id"))
public class Story extends MirroredState {

    @Column(name = "parent_id")
    private Long parentId;

    @Column(name = "parent_type")
    private String parentType;

    private String name;
    private String description;
    private String status;

    @Column(name = "story_type")
    private String storyType;

    @Column(name = "has_sub_stories")
    private Boolean hasSubStories;

    @Column(name = "creation_date")
    private OffsetDateTime creationDate;

    protected Story() {}

    Story(ResourceKey key) {
        super(key);
    }

    void take(StoryEvent event) {
        super.take(event);
        parentId = event.parentId().isPresent() ? event.parentId().getAsLong() : null;
        parentType = storable(event.parentType());
        name = storable(event.name());
        description = storable(event.description());
        status = storable(event.status());
        storyType = storable(event.storyType());
        hasSubStories = event.hasSubStories().orElse(null);
        creationDate = utc(event.creationDate());
    }

    JsonObject json() {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("storyId", id());
        add(json, "name", name);
        add(json, "description", description);
        add(json, "status", status);
        add(json, "storyType", storyType);
        if (hasSubStories != null) {
            json.add("hasSubStories", hasSubStories);
        }
        if (parentId != null) {
            json.add("parentId", parentId);
        }
        add(json, "parentType", parentType);
        add(json, "creationDate", creationDate);
        describe(json);
        return json.build();
    }
}
