package org.mxhooks.portal;

import java.sql.SQLException;

/** Sends a delivery again: the same id and bytes, before what waits of its resource. */
final class Redelivery {

    private record Finished(long seq, String webhook, String resource, String state) {}

    private final Dispatches dispatches;

    Redelivery(Dispatches dispatches) {
        this.dispatches = dispatches;
    }

    /** One that waits is due now, unless an earlier one of its resource holds it back. */
    OutgoingDelivery order(PortalTransaction transaction, String id) throws SQLException {
        Finished found = transaction
                .first(
                        "select d.seq, d.webhook, d.resource, d.state from delivery d join webhook w on w.id = d.webhook where d.id = ? and not w.deleted",
                        row -> new Finished(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)),
                        id)
                .orElseThrow(() -> Rejection.notFound("delivery, or its webhook was deleted"));
        if (!found.state().equals(OutgoingDelivery.WAITING)) {
            transaction.update(
                    "update delivery set state = 'waiting', first_attempt_at = null, finished_at = null where seq = ?",
                    found.seq());
        }
        dispatches.advance(transaction, found.webhook(), found.resource());
        transaction.wake(found.webhook());
        OutgoingDelivery delivery = transaction
                .first(OutgoingDelivery.SELECT + "where d.seq = ?", OutgoingDelivery::of, found.seq())
                .orElseThrow();
        transaction.changed(delivery.toFeedItem());
        return delivery;
    }
}
