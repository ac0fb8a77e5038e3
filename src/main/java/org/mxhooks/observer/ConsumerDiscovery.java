package org.mxhooks.observer;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.ProcessSyntheticObserverMethod;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.enterprise.inject.spi.configurator.AnnotatedMethodConfigurator;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.OperatorAlert;

/**
 * Finds the consumers among the deployment's observer methods while CDI starts: those that CDI would notify of an event
 * of ours. What cannot be a consumer stops the deployment, with one message that lists every reason. What is never
 * notified is logged as a warning.
 */
public class ConsumerDiscovery implements Extension {

    private static final System.Logger LOG = System.getLogger(ConsumerDiscovery.class.getName());
    private static final Set<Class<? extends Annotation>> QUALIFIERS = Qualifiers.types();
    private static final Set<Class<? extends Annotation>> OBSERVES = Set.of(Observes.class, ObservesAsync.class);

    /** Names of mxhooks' own consumers, each in the package of that name. */
    private static final Set<String> RESERVED = Set.of("jms", "mirror");

    private static final String ROOT = "org.mxhooks.";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    private final List<ObservedMethod> methods = new ArrayList<>();
    private final List<ObservedMethod> ofAlarms = new ArrayList<>();
    private final Set<Method> named = new HashSet<>();
    private final List<String> hidden = new ArrayList<>();
    private final boolean strict;

    /** For servers. */
    public ConsumerDiscovery() {
        this(false);
    }

    private ConsumerDiscovery(boolean strict) {
        this.strict = strict;
    }

    /** For the test kit: what is never notified is refused too. */
    public static ConsumerDiscovery strict() {
        return new ConsumerDiscovery(true);
    }

    /**
     * Takes from enterprise beans the observers that CDI refuses to call, since it would end the deployment at once,
     * with the first of them and none of our other reasons.
     */
    void hide(
            @Observes @WithAnnotations({Observes.class, ObservesAsync.class}) ProcessAnnotatedType<?> found,
            BeanManager beans) {
        Class<?> type = found.getAnnotatedType().getJavaClass();
        if (SessionBean.is(type)) {
            found.configureAnnotatedType().methods().stream()
                    .filter(method -> observesWebhooks(method.getAnnotated(), beans))
                    .filter(method -> !new SessionBean(type)
                            .mayObserve(method.getAnnotated().getJavaMember()))
                    .forEach(method -> hide(type, method));
        }
    }

    private void hide(Class<?> type, AnnotatedMethodConfigurator<?> method) {
        hidden.add(ObservedMethod.signature(type, method.getAnnotated().getJavaMember())
                + " cannot be a consumer: it is no business method of its enterprise bean, so that CDI cannot call it;"
                + " make it public, and declare it in the local interface if there is one");
        method.remove(annotation -> annotation.annotationType() == Consumer.class);
        method.params()
                .forEach(parameter -> parameter.remove(annotation -> OBSERVES.contains(annotation.annotationType())));
    }

    void find(@Observes ProcessObserverMethod<?, ?> found, BeanManager beans) {
        boolean synthetic = found instanceof ProcessSyntheticObserverMethod;
        if (!synthetic && observesWebhooks(found.getObserverMethod())) {
            methods.add(ObservedMethod.of(found.getAnnotatedMethod(), found.getObserverMethod(), beans));
        } else if (!synthetic && found.getObserverMethod().getObservedType() == OperatorAlert.class) {
            ofAlarms.add(ObservedMethod.of(found.getAnnotatedMethod(), found.getObserverMethod(), beans));
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
        List<String> neverMatching = methods.stream()
                .map(NeverMatching::of)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
        List<String> problems = Stream.of(
                        hidden.stream(),
                        methods.stream().flatMap(Refusal::of),
                        ofAlarms.stream().flatMap(Refusal::ofAlarms),
                        wrongNames(),
                        reservedNames(),
                        sharedNames(),
                        namesOfNoConsumer(),
                        strict ? neverMatching.stream() : Stream.<String>empty())
                .flatMap(reasons -> reasons)
                .toList();
        if (!problems.isEmpty()) {
            validation.addDeploymentProblem(new DefinitionException(
                    "mxhooks cannot start, since of the companions' observers %s cannot be consumers as they are:%n- %s"
                            .formatted(problems.size(), String.join("%n- ".formatted(), problems))));
        } else {
            neverMatching.forEach(reason -> LOG.log(WARNING, reason));
        }
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

    private Stream<String> reservedNames() {
        return methods.stream()
                .filter(ConsumerDiscovery::takesReservedName)
                .map(method ->
                        "'%s' is the name of a consumer of mxhooks' own, so %s cannot have it; give it another @Consumer name"
                                .formatted(method.name(), method.signature()));
    }

    private static boolean takesReservedName(ObservedMethod method) {
        return RESERVED.contains(method.name())
                && !method.observer().getBeanClass().getPackageName().equals(ROOT + method.name());
    }

    private Stream<String> sharedNames() {
        Map<String, List<String>> signatures = methods.stream()
                .filter(method -> !takesReservedName(method))
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
        return observesWebhooks(observer.getObservedType(), observer.getObservedQualifiers().stream());
    }

    private static boolean observesWebhooks(AnnotatedMethod<?> method, BeanManager beans) {
        return method.getParameters().stream()
                .filter(parameter -> OBSERVES.stream().anyMatch(parameter::isAnnotationPresent))
                .anyMatch(parameter -> observesWebhooks(
                        parameter.getBaseType(),
                        parameter.getAnnotations().stream()
                                .filter(annotation -> beans.isQualifier(annotation.annotationType()))));
    }

    private static boolean observesWebhooks(Type observed, Stream<Annotation> qualifiers) {
        return ObservedEvents.of(observed).findAny().isPresent()
                && qualifiers.allMatch(qualifier -> QUALIFIERS.contains(qualifier.annotationType()));
    }
}
