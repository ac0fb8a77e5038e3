package org.mxhooks.mirror;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** A past version of a story. */
@Entity
@Table(schema = "mxhooks", name = "story_version")
@AttributeOverride(name = "key.id", column = @Column(name = "story_id"))
public class StoryVersion extends Past implements Version<StorySnapshot> {

    @Embedded
    private StoryState state;

    protected StoryVersion() {}

    StoryVersion(VersionKey key, StoryState state, Instant supersededAt) {
        super(key, supersededAt);
        this.state = state;
    }

    @Override
    public StoryState state() {
        return state;
    }
}
