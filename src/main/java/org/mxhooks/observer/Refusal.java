package org.mxhooks.observer;

import static jakarta.ejb.TransactionManagementType.BEAN;
import static jakarta.transaction.Transactional.TxType.NEVER;
import static jakarta.transaction.Transactional.TxType.REQUIRES_NEW;

import jakarta.ejb.TransactionManagement;
import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.spi.EventMetadata;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Why an observer method that CDI accepts is refused as a consumer: notified alone, it would be skipped without a word,
 * or its declaration would say what does not hold. Each reason comes with its remedy.
 */
enum Refusal {
    OBSERVES_ASYNC(
            method -> method.observer().isAsync(),
            "@ObservesAsync has no effect, since it is notified alone and holds up no other consumer; use @Observes"),

    LATER_PHASE(
            method -> method.observer().getTransactionPhase() != TransactionPhase.IN_PROGRESS,
            "'during' has no effect, since it is notified within its own transaction; remove 'during'"),

    IF_EXISTS(
            method -> method.observer().getReception() == Reception.IF_EXISTS,
            "Reception.IF_EXISTS would skip it as long as no bean exists; remove 'notifyObserver'"),

    EVENT_METADATA(
            method -> method.declared().getParameters().stream()
                    .anyMatch(parameter -> parameter.getBaseType() == EventMetadata.class),
            "its EventMetadata would be null, since nobody fired the event;"
                    + " remove the parameter and ask the event itself"),

    SCOPE(
            method -> Set.of(SessionScoped.class, ConversationScoped.class)
                    .contains(method.observer().getDeclaringBean().getScope()),
            "it would be skipped, since no session or conversation is active when it is notified;"
                    + " move it to an @ApplicationScoped bean"),

    ASYNCHRONOUS(
            Refusal::isAsynchronous,
            "@Asynchronous would let it return before it is done, so that a failure is never seen;"
                    + " remove @Asynchronous from the method or its class"),

    NEW_TRANSACTION(
            method -> method.transactionTypes().contains(REQUIRES_NEW),
            "REQUIRES_NEW would commit its effect apart from its place in the log, so that it may happen twice;"
                    + " use REQUIRED"),

    NO_TRANSACTION(
            method -> method.transactionTypes().contains(NEVER),
            "NEVER would always fail, since it is notified within a transaction; use NOT_SUPPORTED, which suspends it"),

    BEAN_MANAGED(
            method -> isBeanManaged(method.observer().getBeanClass()),
            "with TransactionManagement(BEAN) it would not take part in the transaction that it is notified in;"
                    + " use CONTAINER");

    private final Predicate<ObservedMethod> applies;
    private final String reasonAndRemedy;

    Refusal(Predicate<ObservedMethod> applies, String reasonAndRemedy) {
        this.applies = applies;
        this.reasonAndRemedy = reasonAndRemedy;
    }

    /** All that speak against a method, as messages for the deployer. */
    static Stream<String> of(ObservedMethod method) {
        return Stream.of(values())
                .filter(refusal -> refusal.applies.test(method))
                .map(refusal -> method.signature() + " cannot be a consumer: " + refusal.reasonAndRemedy);
    }

    /** All that speak against an observer of alarms, as messages for the deployer. */
    static Stream<String> ofAlarms(ObservedMethod method) {
        return Stream.of(OBSERVES_ASYNC, IF_EXISTS, EVENT_METADATA, SCOPE)
                .filter(refusal -> refusal.applies.test(method))
                .map(refusal -> method.signature() + " cannot observe alarms: " + refusal.reasonAndRemedy);
    }

    // Of the class that declares the method: EJB passes the annotation on to no subclass.
    private static boolean isAsynchronous(ObservedMethod method) {
        return method.declared().isAnnotationPresent(jakarta.ejb.Asynchronous.class)
                || method.declared().isAnnotationPresent(jakarta.enterprise.concurrent.Asynchronous.class)
                || method.declared()
                        .getJavaMember()
                        .getDeclaringClass()
                        .isAnnotationPresent(jakarta.ejb.Asynchronous.class);
    }

    private static boolean isBeanManaged(Class<?> beanClass) {
        TransactionManagement management = beanClass.getAnnotation(TransactionManagement.class);
        return management != null && management.value() == BEAN;
    }
}
