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
import org.mxhooks.event.SprintEvent;

/** A sprint's state. */
@Embeddable
public class SprintState implements ResourceState {

    @Embedded
    private Origin origin;

    @Embedded
    private Moment moment;

    private String name;
    private String description;
    private String status;

    @Column(name = "start_date")
    private OffsetDateTime startDate;

    @Column(name = "end_date")
    private OffsetDateTime endDate;

    @Column(name = "creation_date")
    private OffsetDateTime creationDate;

    protected SprintState() {}

    /** Reads {@link #columns}. */
    SprintState(Row row) {
        origin = new Origin(row);
        moment = new Moment(row);
        name = row.text("name");
        description = row.text("description");
        status = row.next();
        startDate = row.next();
        endDate = row.next();
        creationDate = row.next();
    }

    /** What JPQL selects for a list, of a state at a path. */
    static String columns(String path) {
        return String.join(
                ", ",
                Origin.columns(path + "origin."),
                Moment.columns(path + "moment."),
                textColumn(path + "name"),
                textColumn(path + "description"),
                path + "status",
                path + "startDate",
                path + "endDate",
                path + "creationDate");
    }

    SprintState(SprintEvent event) {
        origin = new Origin(event);
        moment = new Moment(event.updatedAt(), event.position());
        name = storable(event.name());
        description = storable(event.description());
        status = label(event.status());
        startDate = utc(event.startDate());
        endDate = utc(event.endDate());
        creationDate = utc(event.creationDate());
    }

    @Override
    public Moment moment() {
        return moment;
    }

    /** @param cut the fields whose texts are longer than they are here */
    SprintSnapshot snapshot(ResourceKey key, String delivery, List<String> cut) {
        return new SprintSnapshot(
                key.id(),
                Optional.ofNullable(name),
                Optional.ofNullable(description),
                Optional.ofNullable(status),
                instant(startDate),
                instant(endDate),
                instant(creationDate),
                Origin.orNone(origin).details(key.appId(), moment, delivery, cut));
    }
}
