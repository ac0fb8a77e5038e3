package org.mxhooks.dispatch;

import java.util.List;
import java.util.Optional;
import org.mxhooks.database.ConsumerConnections;
import org.mxhooks.database.Transaction;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.inbox.LogEntry;

/**
 * Notifies one consumer.
 *
 * @param consumer that is notified
 * @param transaction in which it is notified
 * @param watch over how long that takes
 */
record Notifier(EventConsumer consumer, Transaction transaction, Watch watch) {

    /** Whether the consumer may want a delivery, by what was stored of it; if not, it need not be decoded. */
    boolean mayWant(LogEntry entry) {
        return entry.decodable() && consumer.wants(entry.attributes());
    }

    /** The notification of a delivery, if the consumer wants it; a delivery is decoded only for those that may. */
    Optional<Notification> wanted(LogEntry entry, boolean replay) {
        return mayWant(entry)
                ? Notification.of(entry, replay).filter(decoded -> consumer.wants(decoded.event()))
                : Optional.empty();
    }

    /**
     * Notifies the consumer in the thread's transaction, which it may have marked for rollback without an exception.
     */
    void notify(Notification notification) throws Exception {
        ConsumerConnections.call(() -> consumer.notify(notification));
        transaction.demandCommittable();
    }

    /** Announces events that it will be notified of. */
    void expect(List<WebhookEvent> events) throws Exception {
        ConsumerConnections.call(() -> consumer.expect(events));
    }
}
