package org.mxhooks.mirror;

import static org.mxhooks.mirror.Columns.instant;
import static org.mxhooks.mirror.Columns.utc;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** When a state was reached; orders states. */
@Embeddable
public class Moment {

    @Column(name = "updated_at")
    private OffsetDateTime updatedAt;

    private long position;

    protected Moment() {}

    Moment(Optional<Instant> updatedAt, long position) {
        this.updatedAt = utc(updatedAt);
        this.position = position;
    }

    Moment(Change change) {
        this(change.at(), change.position());
    }

    /** Reads {@link #columns}. */
    Moment(Row row) {
        updatedAt = row.next();
        position = row.<Long>next();
    }

    /** What JPQL selects for a list, of a moment at a path. */
    static String columns(String path) {
        return path + "updatedAt, " + path + "position";
    }

    /** Whether another state is the newer one: by its time, at the same time by its position. */
    boolean isOlderThan(Moment other) {
        int order = timeOrBeginning().compareTo(other.timeOrBeginning());
        return order < 0 || order == 0 && position < other.position;
    }

    /** Whether the state was there at an instant. */
    boolean isReachedAt(Instant instant) {
        return !timeOrBeginning().isAfter(instant);
    }

    long position() {
        return position;
    }

    Optional<Instant> updatedAt() {
        return instant(updatedAt);
    }

    /** Where a page of a list ends that ends with this state. */
    Change change() {
        return new Change(updatedAt(), position);
    }

    /** A state without a time is older than any with one. */
    private Instant timeOrBeginning() {
        return updatedAt().orElse(Instant.MIN);
    }
}
