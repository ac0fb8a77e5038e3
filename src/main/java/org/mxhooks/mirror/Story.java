package org.mxhooks.mirror;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.List;

/** The current version of a story. */
@Entity
@Table(schema = "mxhooks", name = "story")
public class Story extends Current<StoryState> implements Version<StorySnapshot> {

    @EmbeddedId
    @AttributeOverride(name = "id", column = @Column(name = "story_id"))
    private ResourceKey key;

    @Embedded
    private StoryState state;

    protected Story() {}

    Story(ResourceKey key) {
        this.key = key;
    }

    @Override
    public StoryState state() {
        return state;
    }

    @Override
    void state(StoryState state) {
        this.state = state;
    }

    @Override
    public StorySnapshot snapshot() {
        return state.snapshot(key, delivery(), List.of());
    }
}
