package org.mxhooks.portal;

import java.sql.SQLException;
import java.util.List;

/** The webhooks of apps. A deleted one keeps its row, because deliveries name it, but no secret and no headers. */
final class WebhookTable {

    private static final String SELECT = "select * from webhook where not deleted and ";

    private WebhookTable() {}

    /** In the order of their creation. */
    static List<PortalWebhook> list(PortalTransaction transaction, String app) throws SQLException {
        return transaction.list(SELECT + "app = ? order by seq", PortalWebhook::of, app);
    }

    static List<String> ids(PortalTransaction transaction) throws SQLException {
        return transaction.list("select id from webhook where not deleted", row -> row.getString(1));
    }

    static PortalWebhook find(PortalTransaction transaction, String app, String id) throws SQLException {
        return transaction
                .first(SELECT + "app = ? and id = ?", PortalWebhook::of, app, id)
                .orElseThrow(() -> Rejection.notFound("webhook in this app"));
    }

    static void insert(PortalTransaction transaction, PortalWebhook webhook) throws SQLException {
        transaction.update(
                """
                insert into webhook (id, app, family, name, url, secret, events, active, headers, created_at, deleted)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false)
                """,
                webhook.id(),
                webhook.app(),
                webhook.family().text(),
                webhook.name(),
                webhook.url(),
                webhook.secret(),
                String.join(",", webhook.events()),
                webhook.active(),
                webhook.headersText(),
                webhook.createdAt().toEpochMilli());
    }

    static void update(PortalTransaction transaction, PortalWebhook webhook) throws SQLException {
        transaction.update(
                "update webhook set name = ?, url = ?, secret = ?, events = ?, active = ?, headers = ? where id = ?",
                webhook.name(),
                webhook.url(),
                webhook.secret(),
                String.join(",", webhook.events()),
                webhook.active(),
                webhook.headersText(),
                webhook.id());
    }

    static void delete(PortalTransaction transaction, String id) throws SQLException {
        transaction.update(
                "update webhook set deleted = true, active = false, secret = '', headers = '[]' where id = ?", id);
        transaction.update("delete from head where webhook = ?", id);
        transaction.update(
                "update delivery set state = ? where webhook = ? and state = ?",
                OutgoingDelivery.CANCELLED,
                id,
                OutgoingDelivery.WAITING);
    }
}
