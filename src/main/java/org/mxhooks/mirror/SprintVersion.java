package org.mxhooks.mirror;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** A past version of a sprint. */
@Entity
@Table(schema = "mxhooks", name = "sprint_version")
public class SprintVersion extends Past implements Version<SprintSnapshot> {

    @EmbeddedId
    @AttributeOverride(name = "id", column = @Column(name = "sprint_id"))
    private VersionKey key;

    @Embedded
    private SprintState state;

    protected SprintVersion() {}

    SprintVersion(ResourceKey resource, String delivery, SprintState state, Instant supersededAt) {
        super(supersededAt);
        this.key = new VersionKey(resource, delivery);
        this.state = state;
    }

    @Override
    public SprintSnapshot snapshot() {
        return state.snapshot(key.resource(), key.delivery(), List.of());
    }
}
