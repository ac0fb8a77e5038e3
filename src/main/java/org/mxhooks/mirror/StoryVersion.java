package org.mxhooks.mirror;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** A past version of a story. */
@Entity
@Table(schema = "mxhooks", name = "story_version")
public class StoryVersion extends Past implements Version<StorySnapshot> {

    @EmbeddedId
    @AttributeOverride(name = "id", column = @Column(name = "story_id"))
    private VersionKey key;

    @Embedded
    private StoryState state;

    protected StoryVersion() {}

    StoryVersion(ResourceKey resource, String delivery, StoryState state, Instant supersededAt) {
        super(supersededAt);
        this.key = new VersionKey(resource, delivery);
        this.state = state;
    }

    @Override
    public StorySnapshot snapshot() {
        return state.snapshot(key.resource(), key.delivery(), List.of());
    }
}
