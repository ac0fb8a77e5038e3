package org.mxhooks.observer;

import static java.util.stream.Collectors.joining;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.transaction.Transactional.TxType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.Consumer.From;

/**
 * An observer method of the deployment.
 *
 * @param name from {@link Consumer}, or the bean class's and the method's
 * @param from where it begins when it is new
 * @param observer what CDI made of it
 * @param declared its parameters and annotations
 * @param transactionTypes what it declares about transactions, by {@link DeclaredTransaction}
 */
record ObservedMethod(
        String name, From from, ObserverMethod<?> observer, AnnotatedMethod<?> declared, Set<TxType> transactionTypes) {

    static ObservedMethod of(AnnotatedMethod<?> method, ObserverMethod<?> observer, BeanManager beans) {
        Consumer named = method.getAnnotation(Consumer.class);
        return new ObservedMethod(
                named == null ? defaultName(method, observer) : named.value(),
                named == null ? From.END : named.from(),
                observer,
                method,
                new DeclaredTransaction(beans).types(method, observer.getBeanClass()));
    }

    /** Whether it works in the transaction that it is notified in. */
    boolean joinsTransaction() {
        return !transactionTypes.contains(TxType.NOT_SUPPORTED);
    }

    /** How a deployer finds it: {@code com.example.Board.remember(StoryEvent)}. */
    String signature() {
        return signature(observer.getBeanClass(), declared.getJavaMember());
    }

    static String signature(Class<?> beanClass, Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(joining(", ", name(beanClass) + "." + method.getName() + "(", ")"));
    }

    // The bean class, since two beans may inherit one method: each of them is a consumer.
    private static String defaultName(AnnotatedMethod<?> method, ObserverMethod<?> observer) {
        return name(observer.getBeanClass()) + "." + method.getJavaMember().getName();
    }

    private static String name(Class<?> type) {
        return type.getName().replace('$', '.');
    }
}
