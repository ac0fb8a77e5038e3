package org.mxhooks.mirror;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.mxhooks.event.SprintEvent;

/** The latest known state of a sprint. */
@Entity
@Table(schema = "mxhooks", name = "sprint")
@AttributeOverride(name = "key.id", column = @Column(name = "sprint_id"))
public class Sprint extends MirroredState {

    private String name;
    private String description;
    private String status;

    @Column(name = "start_date")
    private OffsetDateTime startDate;

    @Column(name = "end_date")
    private OffsetDateTime endDate;

    @Column(name = "creation_date")
    private OffsetDateTime creationDate;

    protected Sprint() {}

    Sprint(ResourceKey key) {
        super(key);
    }

    void take(SprintEvent event) {
        super.take(event);
        name = storable(event.name());
        description = storable(event.description());
        status = storable(event.status());
        startDate = utc(event.startDate());
        endDate = utc(event.endDate());
        creationDate = utc(event.creationDate());
    }

    JsonObject json() {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("sprintId", id());
        add(json, "name", name);
        add(json, "description", description);
        add(json, "status", status);
        add(json, "startDate", startDate);
        add(json, "endDate", endDate);
        add(json, "creationDate", creationDate);
        describe(json);
        return json.build();
    }
}
