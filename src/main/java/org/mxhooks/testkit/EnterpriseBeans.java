package org.mxhooks.testkit;

import jakarta.ejb.Singleton;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;

/** Makes EJB singletons application-scoped, as an EJB container does. */
public class EnterpriseBeans implements Extension {

    void share(@Observes @WithAnnotations(Singleton.class) ProcessAnnotatedType<?> type) {
        if (type.getAnnotatedType().isAnnotationPresent(Singleton.class)) {
            type.configureAnnotatedType().add(ApplicationScoped.Literal.INSTANCE);
        }
    }
}
