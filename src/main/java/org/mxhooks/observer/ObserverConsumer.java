package org.mxhooks.observer;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import org.mxhooks.dispatch.EventConsumer;
import org.mxhooks.event.Category;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.Created;
import org.mxhooks.event.Updated;
import org.mxhooks.event.WebhookEvent;

/** A CDI observer method, notified alone, by the rules of CDI 4.0 section 2.8.3 (observer resolution). */
record ObserverConsumer(ObservedMethod method, BeanManager beans, RequestScope requestScope) implements EventConsumer {

    @Override
    public String name() {
        return method.name();
    }

    @Override
    public From from() {
        return method.from();
    }

    @Override
    public boolean wants(WebhookEvent event) {
        return beans.resolveObserverMethods(event, qualifiers(event)).contains(method.observer());
    }

    @Override
    public boolean joinsTransaction() {
        return method.joinsTransaction();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void notify(WebhookEvent event) {
        requestScope.notify((ObserverMethod<? super WebhookEvent>) method.observer(), event);
    }

    private static Annotation[] qualifiers(WebhookEvent event) {
        List<Annotation> qualifiers = new ArrayList<>();
        qualifiers.add(Category.Literal.of(event.category()));
        switch (event.action()) {
            case "created" -> qualifiers.add(Created.Literal.INSTANCE);
            case "updated" -> qualifiers.add(Updated.Literal.INSTANCE);
            default -> {}
        }
        return qualifiers.toArray(Annotation[]::new);
    }
}
