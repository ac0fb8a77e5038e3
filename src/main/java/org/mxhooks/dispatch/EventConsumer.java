package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.mendix.Attributes;

/**
 * A consumer of the log: an observer method, or a subscription. It comes from a {@link ConsumerSource}. A consumer that
 * equals the one of its name is taken for unchanged.
 *
 * <p><b>Guarantee.</b> It is notified of every delivery that it wants, from where it begins, in the order of each
 * resource; at least once, and for a {@linkplain Policy#TRANSACTIONAL transactional} one exactly once in effect. It is
 * called on many threads, but on one at a time for each resource.
 */
public interface EventConsumer {

    /** Under which its cursors are stored: 1 to 200 characters, unique among all consumers. */
    String name();

    /** What it is, for people: {@code observer} for example. */
    String kind();

    /** Where it begins when its name is registered for the first time. */
    From from();

    /**
     * Whether it is {@linkplain Engine#enlist enlisted} before any node has it, and does not exist if it is not: a node
     * that was slow to learn that it is gone does not register it again.
     */
    default boolean isEnlisted() {
        return false;
    }

    /**
     * Whether its source has it as it is, not changed. Asked of one that is enlisted, in the transaction in which a
     * node begins to have it: else the node would pass what it wants since the change.
     */
    default boolean isCurrent() throws SQLException {
        return true;
    }

    /**
     * Whether it wants deliveries with these attributes, which were stored when the delivery was accepted. Asked before
     * anything is decoded; what it does not want, its cursor passes.
     */
    boolean wants(Attributes stored);

    /**
     * The categories outside of which it wants nothing, so that a backlog of others need not be read; empty if it may
     * want any. What was logged as unknown is read anyway: this release may know more.
     */
    default Optional<Set<String>> categories() {
        return Optional.empty();
    }

    /**
     * Whether it wants the event that such a delivery was decoded to. For consumers to which the event's type matters:
     * a version that decodes more kinds may find another type in an old delivery than its attributes suggest.
     */
    default boolean wants(WebhookEvent event) {
        return true;
    }

    /** How its effect relates to the transaction that it is notified in. */
    Policy policy();

    /** For how long a failed event is retried; empty for {@code mxhooks.retry.for}. */
    default Optional<Duration> retryFor() {
        return Optional.empty();
    }

    /** Whether {@link #expect} does anything: only then are events decoded ahead. */
    default boolean expects() {
        return false;
    }

    /**
     * Announces events that it is about to be notified of in the transaction of the calling thread, so that it can read
     * at once what it needs for all of them. Not all events are announced, and some of these may be notified in another
     * transaction. Where it throws, they are notified one by one, without an announcement.
     */
    default void expect(List<WebhookEvent> events) throws Exception {}

    /**
     * Notifies it, within the transaction of the calling thread.
     *
     * @throws org.mxhooks.event.TryLater to be notified again after a pause, which costs no attempt
     * @throws org.mxhooks.event.GiveUp if a repetition is of no use
     * @throws Exception if the attempt failed: it is repeated with growing delays
     */
    void notify(Notification notification) throws Exception;

    /** How a consumer's effect relates to the transaction that it is notified in. */
    enum Policy {
        /** The effect belongs to it, and is rolled back with it; several events may share a transaction. */
        TRANSACTIONAL,
        /** The effect is elsewhere and cannot be rolled back, so each event has a transaction of its own. */
        EXTERNAL
    }
}
