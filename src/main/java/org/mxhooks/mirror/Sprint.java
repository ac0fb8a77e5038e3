package org.mxhooks.mirror;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.List;

/** The current version of a sprint. */
@Entity
@Table(schema = "mxhooks", name = "sprint")
public class Sprint extends Current<SprintState> implements Version<SprintSnapshot> {

    @EmbeddedId
    @AttributeOverride(name = "id", column = @Column(name = "sprint_id"))
    private ResourceKey key;

    @Embedded
    private SprintState state;

    protected Sprint() {}

    Sprint(ResourceKey key) {
        this.key = key;
    }

    @Override
    public SprintState state() {
        return state;
    }

    @Override
    void state(SprintState state) {
        this.state = state;
    }

    @Override
    public SprintSnapshot snapshot() {
        return state.snapshot(key, delivery(), List.of());
    }
}
