package org.mxhooks.mirror;

import static org.mxhooks.mirror.Columns.instant;
import static org.mxhooks.mirror.Columns.label;
import static org.mxhooks.mirror.Columns.storable;
import static org.mxhooks.mirror.Columns.utc;
import static org.mxhooks.mirror.Row.textColumn;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.mxhooks.event.StoryEvent;

/** A story's state. */
@Embeddable
public class StoryState implements ResourceState {

    @Embedded
    private Origin origin;

    @Embedded
    private Moment moment;

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

    protected StoryState() {}

    /** Reads {@link #columns}. */
    StoryState(Row row) {
        origin = new Origin(row);
        moment = new Moment(row);
        parentId = row.next();
        parentType = row.text("parentType");
        name = row.text("name");
        description = row.text("description");
        status = row.next();
        storyType = row.next();
        hasSubStories = row.next();
        creationDate = row.next();
    }

    /** What JPQL selects for a list, of a state at a path. */
    static String columns(String path) {
        return String.join(
                ", ",
                Origin.columns(path + "origin."),
                Moment.columns(path + "moment."),
                path + "parentId",
                textColumn(path + "parentType"),
                textColumn(path + "name"),
                textColumn(path + "description"),
                path + "status",
                path + "storyType",
                path + "hasSubStories",
                path + "creationDate");
    }

    StoryState(StoryEvent event) {
        origin = new Origin(event);
        moment = new Moment(event.updatedAt(), event.position());
        parentId = event.parentId().isPresent() ? event.parentId().getAsLong() : null;
        parentType = storable(event.parentType());
        name = storable(event.name());
        description = storable(event.description());
        status = label(event.status());
        storyType = label(event.storyType());
        hasSubStories = event.hasSubStories().orElse(null);
        creationDate = utc(event.creationDate());
    }

    @Override
    public Moment moment() {
        return moment;
    }

    /** @param cut the fields whose texts are longer than they are here */
    StorySnapshot snapshot(ResourceKey key, String delivery, List<String> cut) {
        return new StorySnapshot(
                key.id(),
                Optional.ofNullable(name),
                Optional.ofNullable(description),
                Optional.ofNullable(status),
                Optional.ofNullable(storyType),
                Optional.ofNullable(hasSubStories),
                Optional.ofNullable(parentId),
                Optional.ofNullable(parentType),
                instant(creationDate),
                Origin.orNone(origin).details(key.appId(), moment, delivery, cut));
    }
}
