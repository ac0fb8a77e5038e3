package org.mxhooks.observer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.Collection;
import org.mxhooks.dispatch.ConsumerSource;
import org.mxhooks.dispatch.EventConsumer;

/** The deployment's observer methods as consumers. The set is fixed when CDI has started. */
@ApplicationScoped
class ObserverSource implements ConsumerSource {

    @Inject
    ConsumerDiscovery discovery;

    @Inject
    BeanManager beans;

    @Inject
    RequestScope requestScope;

    @Override
    public Collection<? extends EventConsumer> consumers() {
        return discovery.methods().stream()
                .map(method -> new ObserverConsumer(method, beans, requestScope))
                .toList();
    }
}
