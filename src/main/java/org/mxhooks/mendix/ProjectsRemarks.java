package org.mxhooks.mendix;

import static java.util.stream.Collectors.joining;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what is to be remarked about the body of a projects webhook. */
final class ProjectsRemarks {

    private final ProjectsBody payload;
    private final Instant receivedAt;

    ProjectsRemarks(ProjectsBody payload, Instant receivedAt) {
        this.payload = payload;
        this.receivedAt = receivedAt;
    }

    List<String> all(boolean hasUniqueNames) {
        FieldRemarks remarks = new FieldRemarks(hasUniqueNames);
        JsonObject body = payload.json();
        remarks.lookAt("", ProjectsFields.IN_BODY, body);
        ProjectsFields.META.of(body).ifPresent(meta -> meta(meta, remarks));
        payload.subject().ifPresent(subject -> subject(subject, remarks));
        owner(ProjectsFields.SENDER, ProjectsFields.IN_SENDER, remarks);
        owner(ProjectsFields.PROJECT, ProjectsFields.IN_PROJECT, remarks);
        mirroring(remarks);
        return remarks.all();
    }

    private void meta(JsonObject meta, FieldRemarks remarks) {
        remarks.lookAt("Meta.", ProjectsFields.IN_META, meta);
        Stream.of(ProjectsFields.CREATED_AT, ProjectsFields.UPDATED_AT)
                .forEach(field ->
                        field.of(meta).ifPresent(time -> remarks.ahead("Meta." + field.name(), time, receivedAt)));
    }

    private void subject(Subject read, FieldRemarks remarks) {
        remarks.lookAt(read.key() + ".", read.kind().fields(), read.state());
        if (ProjectsFields.PARENT_ID.isIn(read.state()) && ProjectsFields.PARENT_SPRINT_ID.isIn(read.state())) {
            remarks.add("%s.ParentSprintId is not read, as there is a ParentId".formatted(read.key()));
        }
        List<Subject> all = payload.subjects();
        if (all.size() > 1) {
            remarks.add("the body has %s; the %s under %s is read"
                    .formatted(
                            all.stream()
                                    .map(each -> "a %s under %s"
                                            .formatted(each.kind().type(), each.key()))
                                    .collect(joining(" and ")),
                            read.kind().type(),
                            read.key()));
        }
    }

    private void owner(Field<JsonObject> field, List<Field<?>> fields, FieldRemarks remarks) {
        field.of(payload.json()).ifPresent(owner -> {
            String path = field.name() + ".";
            remarks.lookAt(path, fields, owner);
            ProjectsFields.COMPANY
                    .of(owner)
                    .ifPresent(company -> remarks.lookAt(path + "Company.", ProjectsFields.IN_COMPANY, company));
        });
    }

    /** The mirror keeps a story's or sprint's event that names its app: by the same decoding. */
    private void mirroring(FieldRemarks remarks) {
        Optional<String> missing = payload.subject()
                .map(subject -> subject.id().isEmpty()
                        ? Optional.of("usable %s.%s"
                                .formatted(subject.key(), subject.kind().id().name()))
                        : Optional.of("usable Project.AppId")
                                .filter(needed -> payload.appId().isEmpty()))
                .orElse(Optional.of("story or sprint"));
        missing.ifPresent(what -> remarks.add("not mirrored: the body has no " + what));
        if (missing.isEmpty() && payload.updatedAt(receivedAt).isEmpty()) {
            remarks.add("mirrored as older than every state that has a time: the body has no usable Meta.UpdatedAt");
        }
    }
}
