package org.mxhooks.portal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A webhook as answers show it.
 *
 * @param version of the payload; empty for the deployment family, which has none
 * @param secret only where one webhook is shown
 * @param waiting deliveries that wait to be sent
 * @param lastStatus of the delivery that was sent last
 */
record WebhookView(
        String id,
        String family,
        String name,
        String url,
        Optional<String> version,
        Optional<String> secret,
        List<String> events,
        boolean active,
        List<CustomHeader> headers,
        Instant createdAt,
        long waiting,
        Optional<Integer> lastStatus,
        Optional<String> lastError) {

    private record Last(Optional<Integer> status, Optional<String> error) {}

    static WebhookView of(PortalTransaction transaction, PortalWebhook webhook) throws SQLException {
        long waiting = transaction.number(
                "select count(*) from delivery where webhook = ? and state = 'waiting'", webhook.id());
        Last last = transaction
                .first("""
                        select status, error from delivery where webhook = ? and attempts > 0
                        order by webhook desc, seq desc limit 1
                        """, row -> new Last(Cells.integer(row, "status"), Cells.text(row, "error")), webhook.id())
                .orElse(new Last(Optional.empty(), Optional.empty()));
        return new WebhookView(
                webhook.id(),
                webhook.family().text(),
                webhook.name(),
                webhook.url(),
                webhook.family() == WebhookFamily.PROJECTS ? Optional.of("1") : Optional.empty(),
                Optional.empty(),
                webhook.events(),
                webhook.active(),
                webhook.headers(),
                webhook.createdAt(),
                waiting,
                last.status(),
                last.error());
    }

    WebhookView with(String itsSecret) {
        return new WebhookView(
                id,
                family,
                name,
                url,
                version,
                Optional.of(itsSecret),
                events,
                active,
                headers,
                createdAt,
                waiting,
                lastStatus,
                lastError);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "webhook " + id;
    }
}
