package org.mxhooks.observer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Inject;
import java.util.stream.Stream;
import org.mxhooks.event.OperatorAlert;

/** The companions' observers of alarms. A consumer is not one of them, though it may observe {@code Object}. */
@ApplicationScoped
public class AlertObservers {

    @Inject
    BeanManager beans;

    @Inject
    RequestScope requestScope;

    /** A call of each observer that an alarm reaches, in no particular order. */
    public Stream<AlertCall> of(OperatorAlert alarm) {
        return beans.resolveObserverMethods(alarm).stream()
                .filter(observer ->
                        ObservedEvents.of(observer.getObservedType()).findAny().isEmpty())
                .map(observer -> call(observer, alarm));
    }

    private AlertCall call(ObserverMethod<? super OperatorAlert> observer, OperatorAlert alarm) {
        return new AlertCall(observer.getBeanClass().getName(), () -> requestScope.notify(observer, alarm));
    }
}
