package org.mxhooks.dispatch;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.ObserverMethod;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.Consumer.From;

/**
 * An observer method of the deployment.
 *
 * @param name from {@link Consumer}, or the class's and the method's
 * @param from where it begins when it is new
 * @param observer what CDI made of it
 */
record ObservedMethod(String name, From from, ObserverMethod<?> observer) {

    static ObservedMethod of(AnnotatedMethod<?> method, ObserverMethod<?> observer) {
        Consumer named = method.getAnnotation(Consumer.class);
        return named == null
                ? new ObservedMethod(defaultName(method), From.END, observer)
                : new ObservedMethod(named.value(), named.from(), observer);
    }

    private static String defaultName(AnnotatedMethod<?> method) {
        return method.getDeclaringType().getJavaClass().getName().replace('$', '.') + "."
                + method.getJavaMember().getName();
    }
}
