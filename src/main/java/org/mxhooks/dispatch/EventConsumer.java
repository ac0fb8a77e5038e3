package org.mxhooks.dispatch;

import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.WebhookEvent;

/** Who follows the log. */
public interface EventConsumer {

    /** Under which its cursors are kept. */
    String name();

    /** Where it begins when its name is seen for the first time. */
    From from();

    /** Whether it wants to be notified of an event; what it does not want, its cursor passes over. */
    boolean wants(WebhookEvent event);

    /**
     * Whether what it does belongs to the transaction that it is notified in. One that does not join is notified in a
     * transaction alone, never as one of several: its effects cannot be rolled back with those of another event.
     */
    boolean joinsTransaction();

    /** Notifies it, within the transaction of the calling thread. */
    void notify(WebhookEvent event);
}
