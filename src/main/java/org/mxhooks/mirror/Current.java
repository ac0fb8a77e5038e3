package org.mxhooks.mirror;

import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import org.mxhooks.event.WebhookEvent;

/**
 * The newest version of a resource.
 *
 * @param <S> its state
 */
@MappedSuperclass
public abstract class Current<S extends ResourceState> {

    private String delivery;

    /**
     * For optimistic locking: a replay runs concurrently with the lane of its resource; of two concurrent changes the
     * second is rolled back and retried.
     */
    @Version
    private long revision;

    protected Current() {}

    abstract void state(S state);

    public abstract S state();

    final void replaceBy(WebhookEvent event, S newer) {
        delivery = event.delivery().toString();
        state(newer);
    }

    public final String delivery() {
        return delivery;
    }
}
