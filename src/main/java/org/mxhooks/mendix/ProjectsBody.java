package org.mxhooks.mendix;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mxhooks.event.Company;
import org.mxhooks.event.Project;
import org.mxhooks.event.Sender;

/** What the body of a projects webhook says, read by its published fields. */
final class ProjectsBody implements PortalBody {

    private final JsonObject json;
    private final List<Subject> subjects;
    private final Optional<Subject> subject;

    ProjectsBody(JsonObject json) {
        this.json = json;
        this.subjects = Subject.allOf(json);
        this.subject = Subject.of(subjects);
    }

    @Override
    public JsonObject json() {
        return json;
    }

    /** Every resource that the body names. */
    List<Subject> subjects() {
        return subjects;
    }

    /** The one that is read. */
    Optional<Subject> subject() {
        return subject;
    }

    @Override
    public Optional<String> knownCategory() {
        return subject.map(known -> known.kind().category());
    }

    @Override
    public String action() {
        return ProjectsFields.ACTION
                .of(json)
                .map(action -> action.toLowerCase(Locale.ROOT))
                .orElse(Attributes.UNKNOWN);
    }

    @Override
    public Optional<String> appId() {
        return ProjectsFields.PROJECT.of(json).flatMap(ProjectsFields.APP_ID::of);
    }

    /** The story or sprint that the body is about; empty where it has no usable id. */
    @Override
    public Optional<Resource> resource() {
        return subject.flatMap(Subject::resource);
    }

    @Override
    public Optional<Instant> createdAt(Instant receivedAt) {
        return time(ProjectsFields.CREATED_AT, receivedAt);
    }

    @Override
    public Optional<Instant> updatedAt(Instant receivedAt) {
        return time(ProjectsFields.UPDATED_AT, receivedAt);
    }

    private Optional<Instant> time(Field<Instant> field, Instant receivedAt) {
        return ProjectsFields.META.of(json).flatMap(field::of).filter(time -> PortalBody.isUsable(time, receivedAt));
    }

    @Override
    public Optional<Sender> sender() {
        return ProjectsFields.SENDER
                .of(json)
                .map(sender -> new Sender(
                        ProjectsFields.NAME.of(sender),
                        ProjectsFields.FULL_NAME.of(sender),
                        ProjectsFields.EMAIL_ADDRESS.of(sender),
                        ProjectsFields.OPEN_ID.of(sender),
                        ProjectsFields.AVATAR.of(sender),
                        company(sender)));
    }

    @Override
    public Optional<Project> project() {
        return ProjectsFields.PROJECT
                .of(json)
                .map(project -> new Project(
                        ProjectsFields.NAME.of(project),
                        ProjectsFields.APP_ID.of(project),
                        ProjectsFields.AVATAR.of(project),
                        company(project)));
    }

    private static Optional<Company> company(JsonObject owner) {
        return ProjectsFields.COMPANY
                .of(owner)
                .map(company ->
                        new Company(ProjectsFields.ACCOUNT_ID.of(company), ProjectsFields.DISPLAY_NAME.of(company)));
    }
}
