package org.mxhooks.observer;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import org.mxhooks.dispatch.ConsumerSource;
import org.mxhooks.dispatch.EventConsumer;

/** The deployment's observer methods as consumers. The set is fixed when CDI has started. */
@ApplicationScoped
public class ObserverSource implements ConsumerSource {

    /** Beans that must be listed where none are discovered, as in the test kit. */
    public static Class<?>[] beans() {
        return new Class<?>[] {ObserverSource.class, RequestScope.class};
    }

    @Inject
    ConsumerDiscovery discovery;

    @Inject
    BeanManager beans;

    @Inject
    RequestScope requestScope;

    private List<ObserverConsumer> consumers;

    @PostConstruct
    void find() {
        consumers = discovery.methods().stream()
                .map(method -> new ObserverConsumer(method, beans, requestScope))
                .toList();
    }

    @Override
    public Collection<? extends EventConsumer> consumers() {
        return consumers;
    }
}
