package org.mxhooks.observer;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mxhooks.event.AlertEvent;
import org.mxhooks.event.Category;
import org.mxhooks.event.PackageUploadedEvent;
import org.mxhooks.event.SprintEvent;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.TeamServerPushEvent;
import org.mxhooks.event.UnknownEvent;
import org.mxhooks.mendix.Attributes;

/**
 * Why an observer is never notified of any event: its type and qualifiers exclude each other, or name what there is
 * not.
 */
final class NeverMatching {

    private static final List<String> CATEGORIES =
            List.of("stories", "sprints", "teamserver.push", "package.uploaded", "alerts", "unknown");

    /** A story or sprint without a usable id is an unknown event of its category. */
    private static final Map<Class<?>, List<String>> CATEGORIES_OF = Map.of(
            StoryEvent.class, List.of("stories"),
            SprintEvent.class, List.of("sprints"),
            TeamServerPushEvent.class, List.of("teamserver.push"),
            PackageUploadedEvent.class, List.of("package.uploaded"),
            AlertEvent.class, List.of("alerts"),
            UnknownEvent.class, List.of("stories", "sprints", "unknown"));

    private NeverMatching() {}

    /** The reason with its remedy, as a message for the deployer; empty where an event may match. */
    static Optional<String> of(ObservedMethod method) {
        Set<Annotation> qualifiers = method.observer().getObservedQualifiers();
        List<Annotation> actions = Qualifiers.actionsAmong(qualifiers);
        return Stream.of(
                        several(actions),
                        category(qualifiers).flatMap(NeverMatching::unknown),
                        category(qualifiers).flatMap(category -> ofOtherEvents(category, method)),
                        actions.stream().findFirst().flatMap(action -> ofOtherActions(action, method)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(reason -> method.signature() + " is never notified: " + reason);
    }

    /** The known categories whose events an observer's type does not match. */
    static Set<String> otherCategories(ObservedMethod method) {
        Set<String> matched = categories(method).collect(Collectors.toSet());
        return CATEGORIES.stream()
                .filter(category -> !matched.contains(category))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The categories of the events that an observer matches; empty if it matches those that are unknown. What a later
     * release logs under a category of its own is one of these to this release, by the rules of
     * src/site/markdown/adr/0021-lanes-outlive-the-decoder.md.
     */
    static Optional<Set<String>> onlyCategories(ObservedMethod method) {
        Optional<String> selected = category(method.observer().getObservedQualifiers());
        Set<String> matched = categories(method)
                .filter(category -> selected.isEmpty() || selected.get().equals(category))
                .collect(Collectors.toUnmodifiableSet());
        return matched.contains(Attributes.UNKNOWN) ? Optional.empty() : Optional.of(matched);
    }

    private static Optional<String> several(List<Annotation> actions) {
        return actions.size() < 2
                ? Optional.empty()
                : Optional.of("no event is both %s and %s; remove one of them, or both for either"
                        .formatted(name(actions.get(0)), name(actions.get(1))));
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
        return categories(method).anyMatch(category::equals)
                ? Optional.empty()
                : Optional.of("no %s is of the category %s; observe another event, or remove @Category"
                        .formatted(observed(method), category));
    }

    private static Optional<String> ofOtherActions(Annotation action, ObservedMethod method) {
        Optional<String> selected = category(method.observer().getObservedQualifiers());
        boolean may = categories(method)
                .filter(category -> selected.isEmpty() || selected.get().equals(category))
                .anyMatch(category -> Qualifiers.mayHave(category, action));
        return may
                ? Optional.empty()
                : Optional.of("no %s%s is %s; remove %3$s, or observe another event"
                        .formatted(
                                observed(method),
                                selected.map(" of the category %s"::formatted).orElse(""),
                                name(action)));
    }

    private static Stream<String> categories(ObservedMethod method) {
        return ObservedEvents.of(method.observer().getObservedType())
                .flatMap(event -> CATEGORIES_OF.get(event).stream());
    }

    private static String observed(ObservedMethod method) {
        return ObservedEvents.of(method.observer().getObservedType())
                .map(Class::getSimpleName)
                .sorted()
                .collect(Collectors.joining(" or "));
    }

    private static Optional<String> category(Set<Annotation> qualifiers) {
        return qualifiers.stream()
                .filter(Category.class::isInstance)
                .map(qualifier -> ((Category) qualifier).value())
                .findFirst();
    }

    private static String name(Annotation action) {
        return "@" + action.annotationType().getSimpleName();
    }
}
