package org.mxhooks.mirror;

import static org.mxhooks.mirror.Columns.instant;
import static org.mxhooks.mirror.Columns.storable;
import static org.mxhooks.mirror.Columns.utc;
import static org.mxhooks.mirror.Row.textColumn;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.mxhooks.event.Project;
import org.mxhooks.event.Sender;
import org.mxhooks.event.WebhookEvent;

/** The origin of a state: who triggered it, in which project, and when the resource was created. */
@Embeddable
public class Origin {

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

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
                textColumn(path + "senderName"),
                textColumn(path + "senderFullName"),
                textColumn(path + "senderEmailAddress"),
                textColumn(path + "projectName"));
    }

    Origin(WebhookEvent event) {
        createdAt = utc(event.createdAt());
        senderName = storable(event.sender().flatMap(Sender::name));
        senderFullName = storable(event.sender().flatMap(Sender::fullName));
        senderEmailAddress = storable(event.sender().flatMap(Sender::emailAddress));
        projectName = storable(event.project().flatMap(Project::name));
    }

    /** An embedded object of which the database has nothing is null to a JPA provider. */
    static Origin orNone(Origin origin) {
        return origin == null ? new Origin() : origin;
    }

    VersionDetails details(String appId, Moment moment, String delivery, List<String> cut) {
        return new VersionDetails(
                appId,
                instant(createdAt),
                moment.updatedAt(),
                moment.position(),
                Optional.ofNullable(senderName),
                Optional.ofNullable(senderFullName),
                Optional.ofNullable(senderEmailAddress),
                Optional.ofNullable(projectName),
                delivery,
                cut);
    }
}
