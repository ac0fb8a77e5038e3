package org.mxhooks.observer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.inject.spi.ObserverMethod;

/** Notifies within a request context of its own; without one a request-scoped observer would silently be skipped. */
@ApplicationScoped
class RequestScope {

    @ActivateRequestContext
    <E> void notify(ObserverMethod<? super E> observer, E event) {
        observer.notify(event);
    }
}
