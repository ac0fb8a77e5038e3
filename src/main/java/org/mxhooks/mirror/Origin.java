package org.mxhooks.mirror;

import static org.mxhooks.mirror.Columns.instant;
import static org.mxhooks.mirror.Columns.storable;
import static org.mxhooks.mirror.Columns.utc;
import static org.mxhooks.mirror.Row.textColumn;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.mxhooks.event.Project;
import org.mxhooks.event.Sender;
import org.mxhooks.event.WebhookEvent;

/** The origin of a state: its time, its sender and its project; orders states. */
@Embeddable
public class Origin {

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "updated_at")
    private OffsetDateTime updatedAt;

    private long position;

    @Column(name = "sender_name")
    private String senderName;

    @Column(name = "sender_full_name")
    private String senderFullName;

    @Column(name = "sender_email_address")
    private String senderEmailAddress;

    @Column(name = "project_name")
    private String projectName;

    protected Origin() {}

    /** Reads {@link #columns}. */
    Origin(Row row) {
        createdAt = row.next();
        updatedAt = row.next();
        position = row.<Long>next();
        senderName = row.text("sender.name");
        senderFullName = row.text("sender.fullName");
        senderEmailAddress = row.text("sender.emailAddress");
        projectName = row.text("project.name");
    }

    /** What JPQL selects for a list, of an origin at a path. */
    static String columns(String path) {
        return String.join(
                ", ",
                path + "createdAt",
                path + "updatedAt",
                path + "position",
                textColumn(path + "senderName"),
                textColumn(path + "senderFullName"),
                textColumn(path + "senderEmailAddress"),
                textColumn(path + "projectName"));
    }

    Origin(WebhookEvent event) {
        createdAt = utc(event.createdAt());
        updatedAt = utc(event.updatedAt());
        position = event.position();
        senderName = storable(event.sender().flatMap(Sender::name));
        senderFullName = storable(event.sender().flatMap(Sender::fullName));
        senderEmailAddress = storable(event.sender().flatMap(Sender::emailAddress));
        projectName = storable(event.project().flatMap(Project::name));
    }

    /**
     * Whether another state is the newer one: by its time, at the same time by its position. One without a time is
     * older than any with.
     */
    boolean isOlderThan(Origin other) {
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

    private Instant timeOrBeginning() {
        return updatedAt().orElse(Instant.MIN);
    }

    VersionDetails details(String appId, String delivery, List<String> cut) {
        return new VersionDetails(
                appId,
                instant(createdAt),
                updatedAt(),
                position,
                Optional.ofNullable(senderName),
                Optional.ofNullable(senderFullName),
                Optional.ofNullable(senderEmailAddress),
                Optional.ofNullable(projectName),
                delivery,
                cut);
    }
}
