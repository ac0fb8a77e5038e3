package org.mxhooks.observer;

import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static jakarta.transaction.Transactional.TxType.NOT_SUPPORTED;
import static jakarta.transaction.Transactional.TxType.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Stereotype;
import jakarta.interceptor.InterceptorBinding;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxhooks.dispatch.EventConsumer;
import org.mxhooks.event.StoryEvent;

class DeclaredTransactionTest {

    @ApplicationScoped
    static class Nothing {
        void on(@Observes StoryEvent event) {}
    }

    @ApplicationScoped
    static class OnMethod {
        @Transactional(TxType.NOT_SUPPORTED)
        void on(@Observes StoryEvent event) {}
    }

    @ApplicationScoped
    @Transactional(TxType.NOT_SUPPORTED)
    static class OnClass {
        void on(@Observes StoryEvent event) {}
    }

    @ApplicationScoped
    @Transactional(TxType.NOT_SUPPORTED)
    static class MethodOverClass {
        @Transactional(TxType.MANDATORY)
        void on(@Observes StoryEvent event) {}
    }

    @ApplicationScoped
    static class InheritsClassAnnotation extends OnClass {
        @Override
        void on(@Observes StoryEvent event) {}
    }

    @ApplicationScoped
    @Transactional(TxType.NOT_SUPPORTED)
    static class DecidesForInheritedMethod extends Nothing {}

    @Stereotype
    @Transactional(TxType.NOT_SUPPORTED)
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
    @interface Outward {}

    @Stereotype
    @Outward
    @ApplicationScoped
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Mailer {}

    @Mailer
    static class ByStereotype {
        void on(@Observes StoryEvent event) {}
    }

    @Mailer
    @Transactional
    static class ClassOverStereotype {
        void on(@Observes StoryEvent event) {}
    }

    @InterceptorBinding
    @Transactional(TxType.NOT_SUPPORTED)
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface Suspended {}

    @ApplicationScoped
    static class ByInterceptorBinding {
        @Suspended
        void on(@Observes StoryEvent event) {}
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Transactional(TxType.NOT_SUPPORTED)
    @Target(ElementType.TYPE)
    @interface NothingToCdi {}

    @NothingToCdi
    @ApplicationScoped
    static class ByAnyAnnotation {
        void on(@Observes StoryEvent event) {}
    }

    @Stateless
    static class EnterpriseMethod {
        @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
        public void on(@Observes StoryEvent event) {}
    }

    @Stateless
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    static class EnterpriseClass {
        public void on(@Observes StoryEvent event) {}
    }

    @Stateless
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    static class EnterpriseMethodOverClass {
        @TransactionAttribute(TransactionAttributeType.REQUIRED)
        public void on(@Observes StoryEvent event) {}
    }

    @Stateless
    static class InheritsEnterpriseMethod extends EnterpriseClass {}

    @Stateless
    static class OwnMethodOfASubclass extends EnterpriseClass {
        @Override
        public void on(@Observes StoryEvent event) {}
    }

    static Stream<Arguments> declared() {
        return Stream.of(
                arguments(Nothing.class, Set.of(), true),
                arguments(OnMethod.class, Set.of(NOT_SUPPORTED), false),
                arguments(OnClass.class, Set.of(NOT_SUPPORTED), false),
                arguments(MethodOverClass.class, Set.of(MANDATORY), true),
                arguments(InheritsClassAnnotation.class, Set.of(NOT_SUPPORTED), false),
                arguments(DecidesForInheritedMethod.class, Set.of(NOT_SUPPORTED), false),
                arguments(ByStereotype.class, Set.of(NOT_SUPPORTED), false),
                arguments(ClassOverStereotype.class, Set.of(REQUIRED), true),
                arguments(ByInterceptorBinding.class, Set.of(NOT_SUPPORTED), false),
                arguments(ByAnyAnnotation.class, Set.of(), true),
                arguments(EnterpriseMethod.class, Set.of(NOT_SUPPORTED), false),
                arguments(EnterpriseClass.class, Set.of(NOT_SUPPORTED), false),
                arguments(EnterpriseMethodOverClass.class, Set.of(REQUIRED), true),
                arguments(InheritsEnterpriseMethod.class, Set.of(NOT_SUPPORTED), false),
                arguments(OwnMethodOfASubclass.class, Set.of(), true));
    }

    @ParameterizedTest
    @MethodSource
    void declared(Class<?> bean, Set<TxType> types, boolean joins) {
        try (Deployment deployment = Deployment.of(bean)) {
            assertThat(deployment.consumers()).singleElement().satisfies(consumer -> {
                assertThat(consumer.method().transactionTypes()).isEqualTo(types);
                assertThat(consumer.policy() == EventConsumer.Policy.TRANSACTIONAL)
                        .isEqualTo(joins);
            });
        }
    }
}
