package org.mxhooks.portal;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What is due for webhooks, and what came of it. */
final class Dispatches {

    static final Duration MAX_BACKOFF = Duration.ofMinutes(5);

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 9;
    private static final int MAX_LOGGED = 20;

    private final InstantSource clock;
    private final Duration retryFor;

    /** @param retryFor after its first attempt a delivery is given up */
    Dispatches(InstantSource clock, Duration retryFor) {
        this.clock = clock;
        this.retryFor = retryFor;
    }

    Optional<PortalWebhook> activeWebhook(PortalTransaction transaction, String id) throws SQLException {
        return transaction.first(
                "select * from webhook where id = ? and active and not deleted", PortalWebhook::of, id);
    }

    /** The first deliveries of resources, those that wait longest before others. */
    List<Parcel> due(PortalTransaction transaction, String webhook, int limit) throws SQLException {
        return transaction.list("""
                select d.seq, d.id, d.resource, e.type, e.body, d.attempts, d.first_attempt_at
                from (select seq, due from head where webhook = ? and due <= ? order by webhook, due limit ?) h
                  join delivery d on d.seq = h.seq join event e on e.id = d.event
                order by h.due, h.seq
                """, Parcel::of, webhook, clock.millis(), limit);
    }

    /** How long nothing more is due. */
    Duration untilNext(PortalTransaction transaction, String webhook) throws SQLException {
        long now = clock.millis();
        long next = transaction.number(
                "select coalesce(min(due), ?) from head where webhook = ? and due > ?",
                now + MAX_BACKOFF.toMillis(),
                webhook,
                now);
        return Duration.ofMillis(next - now);
    }

    /** After the clock was set back nothing waits longer than the longest backoff. */
    void shorten(PortalTransaction transaction, String webhook) throws SQLException {
        long now = clock.millis();
        transaction.update(
                "update head set due = ? where webhook = ? and due > ?", now, webhook, now + MAX_BACKOFF.toMillis());
    }

    /** Records an attempt. After a success, or when it is given up, the next delivery of its resource is due. */
    void record(PortalTransaction transaction, String webhook, Parcel parcel, DeliveryAttempt attempt)
            throws SQLException {
        log(transaction, parcel, attempt);
        Instant first = parcel.firstAttemptAt().orElse(attempt.startedAt());
        boolean givenUp = !attempt.isSuccess() && attempt.startedAt().isAfter(first.plus(retryFor));
        update(transaction, parcel, attempt, first, givenUp);
        if (attempt.isSuccess() || givenUp) {
            advance(transaction, webhook, parcel.resource());
        } else {
            transaction.update(
                    "update head set due = ? where webhook = ? and resource = ? and seq = ?",
                    clock.millis() + backoff(attempt.number()).toMillis(),
                    webhook,
                    parcel.resource(),
                    parcel.seq());
        }
        transaction
                .first(OutgoingDelivery.SELECT + "where d.seq = ?", OutgoingDelivery::of, parcel.seq())
                .ifPresent(delivery -> transaction.changed(delivery.toFeedItem()));
    }

    private static void log(PortalTransaction transaction, Parcel parcel, DeliveryAttempt attempt) throws SQLException {
        transaction.update(
                "merge into attempt (delivery, number, started_at, duration_ms, status, error, response) key (delivery, number) values (?, ?, ?, ?, ?, ?, ?)",
                parcel.seq(),
                attempt.number(),
                attempt.startedAt().toEpochMilli(),
                attempt.durationMs(),
                attempt.status(),
                attempt.error(),
                attempt.response());
        if (attempt.number() > MAX_LOGGED) {
            transaction.update(
                    "delete from attempt where delivery = ? and number <= ?",
                    parcel.seq(),
                    attempt.number() - MAX_LOGGED);
        }
    }

    private void update(
            PortalTransaction transaction, Parcel parcel, DeliveryAttempt attempt, Instant first, boolean givenUp)
            throws SQLException {
        String state = attempt.isSuccess()
                ? OutgoingDelivery.DELIVERED
                : givenUp ? OutgoingDelivery.FAILED : OutgoingDelivery.WAITING;
        transaction.update(
                """
                update delivery set state = case when state = 'cancelled' then state else ? end, attempts = ?, status = ?, error = ?,
                  first_attempt_at = ?, finished_at = ? where seq = ?
                """,
                state,
                attempt.number(),
                attempt.status(),
                attempt.error(),
                first.toEpochMilli(),
                state.equals(OutgoingDelivery.WAITING) ? Optional.empty() : Optional.of(clock.millis()),
                parcel.seq());
    }

    /** The first waiting delivery of a resource becomes its head, due now. */
    void advance(PortalTransaction transaction, String webhook, String resource) throws SQLException {
        Optional<Long> next = transaction.first(
                "select seq from delivery where webhook = ? and resource = ? and state = 'waiting' order by webhook, resource, state, seq limit 1",
                row -> row.getLong(1),
                webhook,
                resource);
        if (next.isPresent()) {
            transaction.update(
                    "merge into head (webhook, resource, seq, due) key (webhook, resource) values (?, ?, ?, ?)",
                    webhook,
                    resource,
                    next.get(),
                    clock.millis());
        } else {
            transaction.update("delete from head where webhook = ? and resource = ?", webhook, resource);
        }
    }

    private static Duration backoff(int attempts) {
        Duration backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        return backoff.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : backoff;
    }
}
