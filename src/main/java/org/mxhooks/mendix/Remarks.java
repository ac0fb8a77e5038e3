package org.mxhooks.mendix;

import static java.util.stream.Collectors.joining;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what is to be remarked about a body. */
final class Remarks {

    private final PortalBody payload;
    private final boolean hasUniqueNames;
    private final Instant receivedAt;
    private final List<String> remarks = new ArrayList<>();

    Remarks(PortalBody payload, boolean hasUniqueNames, Instant receivedAt) {
        this.payload = payload;
        this.hasUniqueNames = hasUniqueNames;
        this.receivedAt = receivedAt;
    }

    List<String> all() {
        JsonObject body = payload.json();
        if (!hasUniqueNames) {
            remarks.add("an object of the body has a name twice, the last value is read");
        }
        lookAt("", PortalFields.IN_BODY, body);
        PortalFields.META.of(body).ifPresent(this::meta);
        payload.subject().ifPresent(this::subject);
        owner(PortalFields.SENDER, PortalFields.IN_SENDER, body);
        owner(PortalFields.PROJECT, PortalFields.IN_PROJECT, body);
        mirroring();
        return List.copyOf(remarks);
    }

    private void meta(JsonObject meta) {
        lookAt("Meta.", PortalFields.IN_META, meta);
        Stream.of(PortalFields.CREATED_AT, PortalFields.UPDATED_AT)
                .forEach(field -> field.of(meta)
                        .filter(time -> time.isAfter(receivedAt.plus(PortalBody.MAX_AHEAD)))
                        .ifPresent(time ->
                                remarks.add("Meta.%s %s is more than a day ahead of the arrival, so it is not used"
                                        .formatted(field.name(), time))));
    }

    private void subject(Subject read) {
        lookAt(read.key() + ".", read.kind().fields(), read.state());
        if (PortalFields.PARENT_ID.isIn(read.state()) && PortalFields.PARENT_SPRINT_ID.isIn(read.state())) {
            remarks.add("%s.ParentSprintId is not read, as there is a ParentId".formatted(read.key()));
        }
        List<Subject> all = Subject.allOf(payload.json()).toList();
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

    private void owner(Field<JsonObject> field, List<Field<?>> fields, JsonObject body) {
        field.of(body).ifPresent(owner -> {
            String path = field.name() + ".";
            lookAt(path, fields, owner);
            PortalFields.COMPANY
                    .of(owner)
                    .ifPresent(company -> lookAt(path + "Company.", PortalFields.IN_COMPANY, company));
        });
    }

    private void lookAt(String path, List<Field<?>> fields, JsonObject object) {
        fields.forEach(field -> lookAt(path, field, object));
    }

    private void lookAt(String path, Field<?> field, JsonObject object) {
        List<Map.Entry<String, JsonValue>> values = field.in(object);
        values.stream()
                .findFirst()
                .ifPresent(read -> field.reader()
                        .apply(read.getValue())
                        .remark()
                        .ifPresent(remark -> remarks.add(
                                "%s%s %s %s".formatted(path, field.name(), Values.quoted(read.getValue()), remark))));
        if (values.stream().map(Map.Entry::getValue).distinct().count() > 1) {
            remarks.add("%s%s is given more than once, as %s; %s is read"
                    .formatted(
                            path,
                            field.name(),
                            String.join(
                                    ", ", values.stream().map(Map.Entry::getKey).toList()),
                            values.get(0).getKey()));
        }
    }

    /** The mirror keeps a story's or sprint's event that names its app: by the same decoding. */
    private void mirroring() {
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
