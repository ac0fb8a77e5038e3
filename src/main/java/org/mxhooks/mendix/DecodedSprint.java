package org.mxhooks.mendix;

import java.time.Instant;
import java.util.Optional;
import org.mxhooks.event.SprintEvent;

final class DecodedSprint extends DecodedEvent implements SprintEvent {

    private final long sprintId;
    private final JsonFields sprint;

    DecodedSprint(Payload payload, Provenance provenance, long sprintId, JsonFields sprint) {
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
        return sprint.text("Name");
    }

    @Override
    public Optional<String> description() {
        return sprint.text("Description");
    }

    @Override
    public Optional<String> status() {
        return sprint.text("Status");
    }

    @Override
    public Optional<Instant> startDate() {
        return sprint.instant("StartDate");
    }

    @Override
    public Optional<Instant> endDate() {
        return sprint.instant("EndDate");
    }

    @Override
    public Optional<Instant> creationDate() {
        return sprint.instant("CreationDate");
    }
}
