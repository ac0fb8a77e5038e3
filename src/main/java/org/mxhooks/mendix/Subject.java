package org.mxhooks.mendix;

import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The resource that a body names: by its key, or by its id under the literal key {@code Resource}. Of several the first
 * with a usable id counts, else the first object, else the first that is there.
 *
 * @param key where it stands
 * @param state its fields; none where it is no object
 */
record Subject(SubjectKind kind, String key, JsonObject state) {

    /** The two resources whose payload is published. */
    enum SubjectKind {
        STORY(Resource.STORY, ProjectsFields.STORY, ProjectsFields.STORY_ID, ProjectsFields.IN_STORY, "stories"),
        SPRINT(Resource.SPRINT, ProjectsFields.SPRINT, ProjectsFields.SPRINT_ID, ProjectsFields.IN_SPRINT, "sprints");

        private final String type;
        private final Field<JsonObject> field;
        private final Field<Long> id;
        private final List<Field<?>> fields;
        private final String category;

        SubjectKind(String type, Field<JsonObject> field, Field<Long> id, List<Field<?>> fields, String category) {
            this.type = type;
            this.field = field;
            this.id = id;
            this.fields = fields;
            this.category = category;
        }

        /** As {@link Resource#type()}. */
        String type() {
            return type;
        }

        String category() {
            return category;
        }

        Field<Long> id() {
            return id;
        }

        List<Field<?>> fields() {
            return fields;
        }
    }

    /** @param all every resource that a body names */
    static Optional<Subject> of(List<Subject> all) {
        return first(all, subject -> subject.id().isPresent())
                .or(() -> first(all, subject -> !subject.state.isEmpty()))
                .or(() -> first(all, subject -> true));
    }

    /** Every resource that a body names, in the order of preference. */
    static List<Subject> allOf(JsonObject body) {
        return Stream.concat(
                        Arrays.stream(SubjectKind.values())
                                .filter(kind -> kind.field.isIn(body))
                                .map(kind -> at(kind.field, kind, body)),
                        Arrays.stream(SubjectKind.values())
                                .map(kind -> at(ProjectsFields.RESOURCE, kind, body))
                                .filter(subject -> subject.kind.id.isIn(subject.state)))
                .toList();
    }

    Optional<Long> id() {
        return kind.id.of(state);
    }

    Optional<Resource> resource() {
        return id().map(number -> Resource.numbered(kind.type(), number));
    }

    private static Subject at(Field<JsonObject> field, SubjectKind kind, JsonObject body) {
        return new Subject(kind, field.name(), field.of(body).orElse(JsonObject.EMPTY_JSON_OBJECT));
    }

    private static Optional<Subject> first(List<Subject> subjects, Predicate<Subject> condition) {
        return subjects.stream().filter(condition).findFirst();
    }
}
