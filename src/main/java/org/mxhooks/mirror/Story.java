package org.mxhooks.mirror;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** The current version of a story. */
@Entity
@Table(schema = "mxhooks", name = "story")
@AttributeOverride(name = "key.id", column = @Column(name = "story_id"))
public class Story extends Current<StoryState> implements Version<StorySnapshot> {

    @Embedded
    private StoryState state;

    protected Story() {}

    Story(ResourceKey key) {
        super(key);
    }

    @Override
    public StoryState state() {
        return state;
    }

    @Override
    void state(StoryState state) {
        this.state = state;
    }
}
