package org.mxhooks.mendix;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.mxhooks.event.SprintEvent;

final class DecodedSprint extends DecodedEvent implements SprintEvent {

    private final long sprintId;
    private final JsonObject sprint;

    DecodedSprint(PortalBody payload, Provenance provenance, long sprintId, JsonObject sprint) {
        super(payload, provenance);
        this.sprintId = sprintId;
        this.sprint = sprint;
    }

    @Override
    public long sprintId() {
        return sprintId;
    }

    @Override
    public Optional<String> name() {
        return ProjectsFields.NAME.of(sprint);
    }

    @Override
    public Optional<String> description() {
        return ProjectsFields.DESCRIPTION.of(sprint);
    }

    @Override
    public Optional<String> status() {
        return ProjectsFields.STATUS.of(sprint);
    }

    @Override
    public Optional<Instant> startDate() {
        return ProjectsFields.START_DATE.of(sprint);
    }

    @Override
    public Optional<Instant> endDate() {
        return ProjectsFields.END_DATE.of(sprint);
    }

    @Override
    public Optional<Instant> creationDate() {
        return ProjectsFields.CREATION_DATE.of(sprint);
    }
}
