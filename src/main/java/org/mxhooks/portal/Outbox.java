package org.mxhooks.portal;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to be sent, in the tables of the changes that it is about. Of each webhook and resource only the first
 * waiting delivery, its head, is sent.
 */
final class Outbox {

    /**
     * What is sent to all webhooks of an app that are subscribed to it.
     *
     * @param type category, or event type of the deployment family
     * @param resource whose deliveries are in order
     * @param label for people
     */
    record Event(PortalApp app, WebhookFamily family, String type, String resource, String label, byte[] body) {}

    private final InstantSource clock;

    Outbox(InstantSource clock) {
        this.clock = clock;
    }

    /** Puts an event into the outbox; returns to how many webhooks it goes. */
    int post(PortalTransaction transaction, Event event) throws SQLException {
        List<PortalWebhook> webhooks = subscribed(transaction, event);
        if (!webhooks.isEmpty()) {
            long id = transaction.insert(
                    "insert into event (app, type, resource, label, body) values (?, ?, ?, ?, ?)",
                    event.app().id(),
                    event.type(),
                    event.resource(),
                    event.label(),
                    event.body());
            for (PortalWebhook webhook : webhooks) {
                enqueue(transaction, event, id, webhook);
            }
        }
        return webhooks.size();
    }

    private static List<PortalWebhook> subscribed(PortalTransaction transaction, Event event) throws SQLException {
        return WebhookTable.list(transaction, event.app().id()).stream()
                .filter(PortalWebhook::active)
                .filter(webhook ->
                        webhook.family() == event.family() && webhook.events().contains(event.type()))
                .toList();
    }

    private void enqueue(PortalTransaction transaction, Event event, long eventId, PortalWebhook webhook)
            throws SQLException {
        Instant now = clock.instant();
        String id = event.family().scheme().messageId(UUID.randomUUID());
        long seq = transaction.insert(
                "insert into delivery (id, event, app, webhook, resource, state, attempts, created_at) values (?, ?, ?, ?, ?, ?, 0, ?)",
                id,
                eventId,
                event.app().id(),
                webhook.id(),
                event.resource(),
                OutgoingDelivery.WAITING,
                now.toEpochMilli());
        boolean first = transaction.update(
                        """
                        insert into head (webhook, resource, seq, due) select ?, ?, ?, ?
                        where not exists (select 1 from head where webhook = ? and resource = ?)
                        """, webhook.id(), event.resource(), seq, now.toEpochMilli(), webhook.id(), event.resource())
                == 1;
        transaction.wake(webhook.id());
        transaction.changed(new OutgoingDelivery(
                        id,
                        event.app().id(),
                        webhook.id(),
                        webhook.name(),
                        webhook.family().text(),
                        event.type(),
                        event.label(),
                        event.resource(),
                        OutgoingDelivery.WAITING,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        now,
                        Optional.empty(),
                        first ? Optional.of(now) : Optional.empty())
                .toFeedItem());
    }

    /** A time later than the last that was said of a resource. */
    static Instant later(Instant now, Instant last) {
        Instant next = last.plusMillis(1);
        return now.isBefore(next) ? next : Instant.ofEpochMilli(now.toEpochMilli());
    }
}
