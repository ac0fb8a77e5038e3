package org.mxhooks.mirror;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** The current version of a sprint. */
@Entity
@Table(schema = "mxhooks", name = "sprint")
@AttributeOverride(name = "key.id", column = @Column(name = "sprint_id"))
public class Sprint extends Current<SprintState> implements Version<SprintSnapshot> {

    @Embedded
    private SprintState state;

    protected Sprint() {}

    Sprint(ResourceKey key) {
        super(key);
    }

    @Override
    public SprintState state() {
        return state;
    }

    @Override
    void state(SprintState state) {
        this.state = state;
    }
}
