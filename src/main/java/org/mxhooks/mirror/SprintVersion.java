package org.mxhooks.mirror;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** A past version of a sprint. */
@Entity
@Table(schema = "mxhooks", name = "sprint_version")
@AttributeOverride(name = "key.id", column = @Column(name = "sprint_id"))
public class SprintVersion extends Past implements Version<SprintSnapshot> {

    @Embedded
    private SprintState state;

    protected SprintVersion() {}

    SprintVersion(VersionKey key, SprintState state, Instant supersededAt) {
        super(key, supersededAt);
        this.state = state;
    }

    @Override
    public SprintState state() {
        return state;
    }
}
