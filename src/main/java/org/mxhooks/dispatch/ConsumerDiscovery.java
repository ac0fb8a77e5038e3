package org.mxhooks.dispatch;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.ProcessSyntheticObserverMethod;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.mxhooks.event.Category;
import org.mxhooks.event.Created;
import org.mxhooks.event.Updated;
import org.mxhooks.event.WebhookEvent;

/** Finds the consumers among the deployment's observer methods while CDI starts. */
public class ConsumerDiscovery implements Extension {

    private static final Set<Class<?>> QUALIFIERS = Set.of(Any.class, Created.class, Updated.class, Category.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    private final List<ObservedMethod> methods = new ArrayList<>();

    void find(@Observes ProcessObserverMethod<?, ?> found) {
        boolean synthetic = found instanceof ProcessSyntheticObserverMethod;
        if (!synthetic && observesWebhooks(found.getObserverMethod())) {
            methods.add(ObservedMethod.of(found.getAnnotatedMethod(), found.getObserverMethod()));
        }
    }

    void check(@Observes AfterDeploymentValidation validation) {
        Set<String> names = new HashSet<>();
        for (ObservedMethod method : methods) {
            if (!NAME.matcher(method.name()).matches()) {
                validation.addDeploymentProblem(
                        problem(method, "is no name for a consumer; use 1 to 200 letters, digits, dots, dashes"));
            }
            if (!names.add(method.name())) {
                validation.addDeploymentProblem(
                        problem(method, "names two observer methods; give each a @Consumer name of its own"));
            }
        }
    }

    List<ObservedMethod> methods() {
        return List.copyOf(methods);
    }

    private static boolean observesWebhooks(ObserverMethod<?> observer) {
        return isAboutWebhooks(observer.getObservedType())
                && observer.getObservedQualifiers().stream()
                        .allMatch(qualifier -> QUALIFIERS.contains(qualifier.annotationType()));
    }

    private static boolean isAboutWebhooks(Type observed) {
        return observed instanceof Class<?> type && WebhookEvent.class.isAssignableFrom(type);
    }

    private static DefinitionException problem(ObservedMethod method, String what) {
        return new DefinitionException("'%s' on %s %s"
                .formatted(method.name(), method.observer().getBeanClass().getName(), what));
    }
}
