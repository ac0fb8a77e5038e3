package org.mxhooks.observer;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mxhooks.event.Category;
import org.mxhooks.event.Created;
import org.mxhooks.event.SprintEvent;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.UnknownEvent;
import org.mxhooks.event.Updated;

/**
 * Why an observer is never notified of any event: its type and qualifiers exclude each other, or name what there is
 * not.
 */
final class NeverMatching {

    private static final List<String> CATEGORIES =
            List.of("stories", "sprints", "teamserver.push", "package.uploaded", "alerts", "unknown");

    /** Any event may be an unknown one: a story without a usable id, for example. */
    private static final Map<Class<?>, List<String>> CATEGORIES_OF = Map.of(
            StoryEvent.class, List.of("stories"),
            SprintEvent.class, List.of("sprints"),
            UnknownEvent.class, CATEGORIES);

    private NeverMatching() {}

    /** The reason with its remedy, as a message for the deployer; empty where an event may match. */
    static Optional<String> of(ObservedMethod method) {
        Set<Annotation> qualifiers = method.observer().getObservedQualifiers();
        return Stream.of(
                        actions(qualifiers),
                        category(qualifiers).flatMap(NeverMatching::unknown),
                        category(qualifiers).flatMap(category -> ofOtherEvents(category, method)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(reason -> method.signature() + " is never notified: " + reason);
    }

    private static Optional<String> actions(Set<Annotation> qualifiers) {
        return has(qualifiers, Created.class) && has(qualifiers, Updated.class)
                ? Optional.of("no event is both @Created and @Updated; remove one of them, or both for either")
                : Optional.empty();
    }

    private static Optional<String> unknown(String category) {
        if (CATEGORIES.contains(category)) {
            return Optional.empty();
        }
        return CATEGORIES.stream()
                .filter(known -> known.equalsIgnoreCase(category.strip()))
                .findFirst()
                .map("@Category is compared as it is; write \"%s\""::formatted)
                .or(() -> Optional.of("there is no category \"%s\"; write one of %s"
                        .formatted(category, String.join(", ", CATEGORIES))));
    }

    private static Optional<String> ofOtherEvents(String category, ObservedMethod method) {
        List<Class<?>> observed =
                ObservedEvents.of(method.observer().getObservedType()).toList();
        return observed.stream().anyMatch(event -> CATEGORIES_OF.get(event).contains(category))
                ? Optional.empty()
                : Optional.of("no %s is of the category %s; observe another event, or remove @Category"
                        .formatted(
                                observed.stream()
                                        .map(Class::getSimpleName)
                                        .sorted()
                                        .collect(Collectors.joining(" or ")),
                                category));
    }

    private static Optional<String> category(Set<Annotation> qualifiers) {
        return qualifiers.stream()
                .filter(Category.class::isInstance)
                .map(qualifier -> ((Category) qualifier).value())
                .findFirst();
    }

    private static boolean has(Set<Annotation> qualifiers, Class<? extends Annotation> type) {
        return qualifiers.stream().anyMatch(type::isInstance);
    }
}
