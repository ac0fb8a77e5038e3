package org.mxhooks.mirror;

import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.time.OffsetDateTime;

/** A version of a resource that is no longer, or never was, the current one; never changed. */
@MappedSuperclass
public abstract class Past {

    /**
     * By a node's clock, as retention reads it: against days it is good enough. Of two versions the newer never has the
     * earlier one.
     */
    @Column(name = "superseded_at")
    private OffsetDateTime supersededAt;

    protected Past() {}

    Past(Instant supersededAt) {
        this.supersededAt = Columns.utc(supersededAt);
    }
}
