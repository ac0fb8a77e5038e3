package org.mxhooks.observer;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mxhooks.dispatch.EventConsumer;
import org.mxhooks.dispatch.Notification;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.UpcomingEvents;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.mendix.Attributes;

/**
 * A CDI observer method, notified alone, by the rules of CDI 4.0 section 2.8.3 (observer resolution).
 *
 * @param otherCategories known categories whose events have other types than it observes
 * @param categories outside of which it wants nothing; empty if it may want what only a later release knows
 */
record ObserverConsumer(
        ObservedMethod method,
        BeanManager beans,
        RequestScope requestScope,
        Set<String> otherCategories,
        Optional<Set<String>> categories)
        implements EventConsumer {

    ObserverConsumer(ObservedMethod method, BeanManager beans, RequestScope requestScope) {
        this(method, beans, requestScope, NeverMatching.otherCategories(method), NeverMatching.onlyCategories(method));
    }

    @Override
    public String name() {
        return method.name();
    }

    @Override
    public From from() {
        return method.from();
    }

    @Override
    public String kind() {
        return "observer";
    }

    /**
     * By category and action, and by the types that the events of a known category have. What was not understood when
     * it was accepted is decoded again, since this version may know more.
     */
    @Override
    public boolean wants(Attributes stored) {
        return stored.category().equals(Attributes.UNKNOWN)
                || !otherCategories.contains(stored.category())
                        && Qualifiers.ofHasAll(
                                stored.category(),
                                stored.action(),
                                method.observer().getObservedQualifiers());
    }

    @Override
    public boolean wants(WebhookEvent event) {
        return beans.resolveObserverMethods(
                        event, Qualifiers.of(event.category(), event.action()).toArray(Annotation[]::new))
                .contains(method.observer());
    }

    @Override
    public Policy policy() {
        return method.joinsTransaction() ? Policy.TRANSACTIONAL : Policy.EXTERNAL;
    }

    @Override
    public boolean expects() {
        return announced(new UpcomingEvents(List.of())).findAny().isPresent();
    }

    @Override
    public void expect(List<WebhookEvent> events) {
        UpcomingEvents upcoming = new UpcomingEvents(events);
        announced(upcoming).forEach(observer -> requestScope.notify(observer, upcoming));
    }

    private Stream<ObserverMethod<? super UpcomingEvents>> announced(UpcomingEvents upcoming) {
        return beans.resolveObserverMethods(upcoming).stream()
                .filter(observer -> observer.getObservedType() == UpcomingEvents.class
                        && !observer.isAsync()
                        && observer.getBeanClass() == method.observer().getBeanClass());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void notify(Notification notification) {
        requestScope.notify((ObserverMethod<? super WebhookEvent>) method.observer(), notification.event());
    }
}
