package org.mxhooks.observer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.inject.spi.ObserverMethod;
import org.mxhooks.event.WebhookEvent;

/** Notifies within a request context of its own; without one a request-scoped observer would silently be skipped. */
@ApplicationScoped
class RequestScope {

    @ActivateRequestContext
    void notify(ObserverMethod<? super WebhookEvent> observer, WebhookEvent event) {
        observer.notify(event);
    }
}
