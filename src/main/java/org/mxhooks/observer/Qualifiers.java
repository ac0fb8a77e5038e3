package org.mxhooks.observer;

import static java.util.Comparator.comparing;

import jakarta.enterprise.inject.Any;
import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mxhooks.event.Category;
import org.mxhooks.event.Created;
import org.mxhooks.event.Critical;
import org.mxhooks.event.Ok;
import org.mxhooks.event.Recovery;
import org.mxhooks.event.Updated;
import org.mxhooks.event.Warning;

/** The qualifiers that events have: their category's, and that of their action. */
final class Qualifiers {

    private static final Map<String, Annotation> CHANGES =
            Map.of("created", Created.Literal.INSTANCE, "updated", Updated.Literal.INSTANCE);

    private static final Map<String, Annotation> SEVERITIES = Map.of(
            "ok", Ok.Literal.INSTANCE,
            "warning", Warning.Literal.INSTANCE,
            "critical", Critical.Literal.INSTANCE,
            "recovery", Recovery.Literal.INSTANCE);

    private Qualifiers() {}

    /** All types of qualifiers that an event may have. */
    static Set<Class<? extends Annotation>> types() {
        return Stream.concat(Stream.of(Any.class, Category.class), actions().map(Annotation::annotationType))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those of an event, by its category and action. */
    static Set<Annotation> of(String category, String action) {
        Set<Annotation> qualifiers = new HashSet<>();
        qualifiers.add(Any.Literal.INSTANCE);
        qualifiers.add(Category.Literal.of(category));
        Optional.ofNullable(actionsOf(category).get(action)).ifPresent(qualifiers::add);
        return qualifiers;
    }

    /** Whether {@link #of} has all of these, without making a set of them: each consumer is asked for each delivery. */
    static boolean ofHasAll(String category, String action, Set<Annotation> wanted) {
        for (Annotation qualifier : wanted) {
            if (qualifier instanceof Category of ? !of.value().equals(category) : !isOf(category, action, qualifier)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOf(String category, String action, Annotation qualifier) {
        return qualifier instanceof Any || qualifier.equals(actionsOf(category).get(action));
    }

    /** Those among the qualifiers of an observer that stand for an action. */
    static List<Annotation> actionsAmong(Set<Annotation> qualifiers) {
        return actions()
                .filter(qualifiers::contains)
                .sorted(comparing(action -> action.annotationType().getSimpleName()))
                .toList();
    }

    /** Whether an event of a category may have a qualifier that stands for an action. */
    static boolean mayHave(String category, Annotation action) {
        return actionsOf(category).containsValue(action);
    }

    private static Map<String, Annotation> actionsOf(String category) {
        return switch (category) {
            case "alerts" -> SEVERITIES;
            case "teamserver.push", "package.uploaded" -> Map.of();
            default -> CHANGES;
        };
    }

    private static Stream<Annotation> actions() {
        return Stream.concat(CHANGES.values().stream(), SEVERITIES.values().stream());
    }
}
