package org.mxhooks.observer;

import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.mxhooks.event.AlertEvent;
import org.mxhooks.event.PackageUploadedEvent;
import org.mxhooks.event.SprintEvent;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.TeamServerPushEvent;
import org.mxhooks.event.UnknownEvent;

/** The events that an observed type matches. */
final class ObservedEvents {

    /** Every event is one of these. */
    private static final Set<Class<?>> ALL = Set.of(
            StoryEvent.class,
            SprintEvent.class,
            TeamServerPushEvent.class,
            PackageUploadedEvent.class,
            AlertEvent.class,
            UnknownEvent.class);

    private ObservedEvents() {}

    static Stream<Class<?>> of(Type observed) {
        return ALL.stream().filter(event -> isAssignable(event, observed));
    }

    /** By CDI's rules for events; since no event is of a parameterized type, none is assignable to one. */
    private static boolean isAssignable(Class<?> event, Type observed) {
        return observed instanceof TypeVariable<?> variable
                ? Arrays.stream(variable.getBounds()).allMatch(bound -> isAssignable(event, bound))
                : observed instanceof Class<?> type && type.isAssignableFrom(event);
    }
}
