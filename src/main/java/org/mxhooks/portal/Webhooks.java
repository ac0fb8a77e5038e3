package org.mxhooks.portal;

import java.sql.SQLException;
import java.util.UUID;

/** Changes webhooks, for the page's API and the published one. */
final class Webhooks {

    private static final int MAX_WEBHOOKS = 50;

    private final Portal portal;

    Webhooks(Portal portal) {
        this.portal = portal;
    }

    static String newId() {
        return "mxep_" + UUID.randomUUID().toString().replace("-", "");
    }

    void create(PortalTransaction transaction, PortalWebhook webhook) throws SQLException {
        portal.board().app(transaction, webhook.app());
        if (WebhookTable.list(transaction, webhook.app()).size() >= MAX_WEBHOOKS) {
            throw Rejection.conflict("The app has %s webhooks; delete one first.".formatted(MAX_WEBHOOKS));
        }
        WebhookTable.insert(transaction, webhook);
        changed(transaction, webhook);
    }

    /** Takes effect with the next attempt. */
    void update(PortalTransaction transaction, PortalWebhook webhook) throws SQLException {
        WebhookTable.update(transaction, webhook);
        changed(transaction, webhook);
    }

    private static void changed(PortalTransaction transaction, PortalWebhook webhook) throws SQLException {
        transaction.changed(
                FeedItem.changed("webhook", webhook.app(), webhook.id(), WebhookView.of(transaction, webhook)));
        transaction.wake(webhook.id());
    }

    /** What waits for it is not sent any more. */
    void delete(String app, String id) {
        portal.database().write(transaction -> {
            portal.board().app(transaction, app);
            WebhookTable.find(transaction, app, id);
            WebhookTable.delete(transaction, id);
            transaction.changed(FeedItem.deleted("webhook", app, id));
            return null;
        });
        portal.couriers().end(id);
    }
}
