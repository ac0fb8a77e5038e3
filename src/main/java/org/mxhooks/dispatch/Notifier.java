package org.mxhooks.dispatch;

import java.util.Optional;
import org.mxhooks.database.Transaction;
import org.mxhooks.inbox.LogEntry;

/**
 * Notifies one consumer.
 *
 * @param consumer that is notified
 * @param transaction in which it is notified
 * @param watch over how long that takes
 */
record Notifier(EventConsumer consumer, Transaction transaction, Watch watch) {

    /** The notification of a delivery, if the consumer wants it; a delivery is decoded only for those that may. */
    Optional<Notification> wanted(LogEntry entry, boolean replay) {
        return consumer.wants(entry.attributes())
                ? Notification.of(entry, replay).filter(decoded -> consumer.wants(decoded.event()))
                : Optional.empty();
    }

    /**
     * Notifies the consumer in the thread's transaction, which it may have marked for rollback without an exception.
     */
    void notify(Notification notification) throws Exception {
        consumer.notify(notification);
        transaction.demandCommittable();
    }
}
