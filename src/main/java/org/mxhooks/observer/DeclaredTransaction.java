package org.mxhooks.observer;

import jakarta.ejb.TransactionAttribute;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a method declares about transactions, by {@link Transactional}, EJB's {@link TransactionAttribute}, both or
 * neither. An annotation of the method wins over one of the class. A deployment descriptor is not read.
 */
record DeclaredTransaction(BeanManager beans) {

    Set<TxType> types(AnnotatedMethod<?> method, Class<?> beanClass) {
        return Stream.of(ofCdi(method, beanClass), ofEjb(method))
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** CDI: the bean's class decides for inherited methods too, and its annotation may itself be inherited. */
    private Optional<TxType> ofCdi(AnnotatedMethod<?> method, Class<?> beanClass) {
        return transactional(method.getAnnotations())
                .or(() -> transactional(Arrays.asList(beanClass.getAnnotations())))
                .map(Transactional::value);
    }

    /** EJB: a class decides for the methods that it declares itself. */
    private static Optional<TxType> ofEjb(AnnotatedMethod<?> method) {
        AnnotatedElement declaringClass = method.getJavaMember().getDeclaringClass();
        return Optional.ofNullable(method.getAnnotation(TransactionAttribute.class))
                .or(() -> Optional.ofNullable(declaringClass.getAnnotation(TransactionAttribute.class)))
                .map(attribute -> TxType.valueOf(attribute.value().name()));
    }

    private Optional<Transactional> transactional(Collection<Annotation> annotations) {
        return annotations.stream()
                .filter(Transactional.class::isInstance)
                .map(Transactional.class::cast)
                .findFirst()
                .or(() -> annotations.stream()
                        .map(Annotation::annotationType)
                        .filter(this::bringsAnnotations)
                        .flatMap(type -> transactional(Arrays.asList(type.getAnnotations())).stream())
                        .findFirst());
    }

    private boolean bringsAnnotations(Class<? extends Annotation> type) {
        return beans.isStereotype(type) || beans.isInterceptorBinding(type);
    }
}
