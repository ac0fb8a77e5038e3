package org.mxhooks.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mxhooks.mirror.SprintSnapshot;
import org.mxhooks.mirror.StorySnapshot;
import org.mxhooks.mirror.VersionDetails;

/**
 * A version of a story or a sprint, as its page shows it.
 *
 * @param fields always the same, in the same order
 * @param details where it comes from
 */
record ShownVersion(List<ShownField> fields, VersionDetails details) {

    /**
     * A field of the portal.
     *
     * @param label a key of the texts
     * @param value for people; empty if the portal left it out
     * @param time its value, if it is a moment; or null
     */
    public record ShownField(String label, String value, Instant time) {

        static ShownField of(String label, Optional<?> value) {
            return new ShownField(label, value.map(Object::toString).orElse(""), null);
        }

        static ShownField at(String label, Optional<Instant> time) {
            return new ShownField(label, time.map(Instant::toString).orElse(""), time.orElse(null));
        }
    }

    static ShownVersion of(StorySnapshot story) {
        Optional<String> parent = story.parentId().map(id -> (story.parentType().orElse("") + " " + id).strip());
        return new ShownVersion(
                List.of(
                        ShownField.of("column.name", story.name()),
                        ShownField.of("field.status", story.status()),
                        ShownField.of("field.type", story.storyType()),
                        ShownField.of("field.parent", parent),
                        ShownField.of("field.description", story.description()),
                        ShownField.of("field.tasks", story.hasSubStories().map(has -> has ? "yes" : "no")),
                        ShownField.at("field.created", story.creationDate()),
                        ShownField.of("field.project", story.version().projectName())),
                story.version());
    }

    static ShownVersion of(SprintSnapshot sprint) {
        return new ShownVersion(
                List.of(
                        ShownField.of("column.name", sprint.name()),
                        ShownField.of("field.status", sprint.status()),
                        ShownField.at("field.start", sprint.startDate()),
                        ShownField.at("field.end", sprint.endDate()),
                        ShownField.of("field.description", sprint.description()),
                        ShownField.at("field.created", sprint.creationDate()),
                        ShownField.of("field.project", sprint.version().projectName())),
                sprint.version());
    }

    /** What is different from the version before. */
    List<FieldChange> since(ShownVersion before) {
        return IntStream.range(0, fields.size())
                .filter(i -> !fields.get(i).value().equals(before.fields.get(i).value()))
                .mapToObj(i -> FieldChange.of(
                        fields.get(i).label(),
                        before.fields.get(i).value(),
                        fields.get(i).value()))
                .toList();
    }

    /** Who caused it: name and address, as far as the portal sends them. */
    String sender() {
        List<String> names =
                new ArrayList<>(Stream.of(details.senderFullName(), details.senderName(), details.senderEmailAddress())
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList());
        return names.isEmpty()
                ? ""
                : names.size() == 1 ? names.get(0) : names.get(0) + " <" + names.get(names.size() - 1) + ">";
    }
}
