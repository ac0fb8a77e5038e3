package org.mxhooks.dispatch;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.ProcessSyntheticObserverMethod;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mxhooks.event.Category;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.Created;
import org.mxhooks.event.SprintEvent;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.UnknownEvent;
import org.mxhooks.event.Updated;

/**
 * Finds the consumers among the deployment's observer methods while CDI starts: those that CDI would notify of an event
 * of ours. What cannot be a consumer stops the deployment, which is told every reason at once.
 */
public class ConsumerDiscovery implements Extension {

    /** Every event is one of these. */
    private static final Set<Class<?>> EVENTS = Set.of(StoryEvent.class, SprintEvent.class, UnknownEvent.class);

    private static final Set<Class<?>> QUALIFIERS = Set.of(Any.class, Created.class, Updated.class, Category.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    private final List<ObservedMethod> methods = new ArrayList<>();
    private final Set<Method> named = new HashSet<>();

    void find(@Observes ProcessObserverMethod<?, ?> found, BeanManager beans) {
        boolean synthetic = found instanceof ProcessSyntheticObserverMethod;
        if (!synthetic && observesWebhooks(found.getObserverMethod())) {
            methods.add(ObservedMethod.of(found.getAnnotatedMethod(), found.getObserverMethod(), beans));
        }
    }

    // Inherited methods are left out: a subclass may have overridden them, so that they observe no more.
    void findNamed(@Observes ProcessManagedBean<?> found) {
        found.getAnnotatedBeanClass().getMethods().stream()
                .filter(method -> method.isAnnotationPresent(Consumer.class))
                .map(AnnotatedMethod::getJavaMember)
                .filter(method -> method.getDeclaringClass() == found.getBean().getBeanClass())
                .forEach(named::add);
    }

    void check(@Observes AfterDeploymentValidation validation) {
        Stream.of(methods.stream().flatMap(Refusal::of), wrongNames(), sharedNames(), namesOfNoConsumer())
                .flatMap(problems -> problems)
                .map(DefinitionException::new)
                .forEach(validation::addDeploymentProblem);
    }

    List<ObservedMethod> methods() {
        return List.copyOf(methods);
    }

    private Stream<String> wrongNames() {
        return methods.stream()
                .filter(method -> !NAME.matcher(method.name()).matches())
                .map(method -> "'%s' is no name for the consumer %s; give it a @Consumer name of %s"
                        .formatted(
                                method.name(),
                                method.signature(),
                                "1 to 200 letters, digits, dots, dashes and underscores"));
    }

    private Stream<String> sharedNames() {
        Map<String, List<String>> signatures = methods.stream()
                .collect(groupingBy(ObservedMethod::name, TreeMap::new, mapping(ObservedMethod::signature, toList())));
        return signatures.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> "'%s' names several consumers: %s; give each a @Consumer name of its own"
                        .formatted(
                                entry.getKey(),
                                entry.getValue().stream().sorted().collect(joining(" and "))));
    }

    private Stream<String> namesOfNoConsumer() {
        Set<Method> consumers = new HashSet<>();
        methods.forEach(method -> consumers.add(method.declared().getJavaMember()));
        return named.stream()
                .filter(method -> !consumers.contains(method))
                .map(method -> "@Consumer on %s has no effect: it observes no webhook event; %s"
                        .formatted(
                                ObservedMethod.signature(method.getDeclaringClass(), method),
                                "remove it, or observe one with no qualifiers but those of mxhooks"));
    }

    private static boolean observesWebhooks(ObserverMethod<?> observer) {
        return EVENTS.stream().anyMatch(event -> isAssignable(event, observer.getObservedType()))
                && observer.getObservedQualifiers().stream()
                        .allMatch(qualifier -> QUALIFIERS.contains(qualifier.annotationType()));
    }

    /** By CDI's rules for events; since no event is of a parameterized type, none is assignable to one. */
    private static boolean isAssignable(Class<?> event, Type observed) {
        return observed instanceof TypeVariable<?> variable
                ? Arrays.stream(variable.getBounds()).allMatch(bound -> isAssignable(event, bound))
                : observed instanceof Class<?> type && type.isAssignableFrom(event);
    }
}
