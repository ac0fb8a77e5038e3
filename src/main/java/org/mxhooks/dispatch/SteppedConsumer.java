package org.mxhooks.dispatch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.mxhooks.database.Sql;
import org.mxhooks.database.Transaction;
import org.mxhooks.inbox.Inbox;

/**
 * A consumer for the test kit, which is not in the WAR: it is notified on the calling thread, one event at a time. What
 * becomes of an event is decided by the same code as on a server. There are no time-outs and no delays here.
 */
public final class SteppedConsumer {

    /** So long that nothing is due again by itself. */
    private static final RetryPolicy RETRY =
            new RetryPolicy(Duration.ofHours(2), Duration.ofHours(2), Duration.ofDays(3));

    private static final Duration TIMEOUT = Duration.ofHours(1);

    private final Sql sql;
    private final EventConsumer consumer;
    private final Attempts attempts;
    private final PendingWorker pendingWorker;
    private final RetryWorker retryWorker;
    private List<Lane> lanes = List.of();

    /**
     * Registers the consumer and claims all its lanes.
     *
     * @param dataSource whose connections join the transaction
     */
    public SteppedConsumer(UUID node, EventConsumer consumer, DataSource dataSource, UserTransaction jta, Inbox inbox)
            throws Exception {
        this.consumer = consumer;
        sql = new Sql(dataSource);
        attempts = Attempts.of(
                node,
                consumer,
                inbox,
                sql,
                new Transaction(jta, TIMEOUT),
                RETRY,
                new Watch(consumer.name(), TIMEOUT, false),
                new SimpleMeterRegistry());
        ConsumerCoordinator coordinator = new ConsumerCoordinator(node, attempts, Executors.defaultThreadFactory());
        pendingWorker = new PendingWorker(attempts, coordinator);
        retryWorker = new RetryWorker(attempts, coordinator);
        coordinator.register();
        attempts.lanes().claim(consumer.name(), Inbox.LANES);
        resume();
    }

    /** Notifies of every pending event, but in lanes that are paused. */
    public void notifyOfPending() throws Exception {
        for (Lane lane : lanes) {
            while (pendingWorker.work(lane)) {
                // there is more
            }
        }
    }

    /** Makes everything parked due and resumes paused lanes, then notifies once of each, and of what is pending. */
    public void skipDelays() throws Exception {
        sql.update(
                "update mxhooks.parked set due = current_timestamp where due is not null and consumer = ?",
                consumer.name());
        resume();
        retryDue();
        notifyOfPending();
    }

    /** Notifies of what is due: parked events and replays. */
    public void retryDue() throws Exception {
        for (Lane lane : lanes) {
            while (retryWorker.work(lane) || replayNext(lane)) {
                // the next of the resource may be due now
            }
        }
    }

    /** Reads the lanes anew, so that none is paused. */
    private void resume() throws SQLException {
        lanes = attempts.lanes().held(consumer.name()).stream()
                .map(claim -> new Lane(claim, true))
                .toList();
        lanes.forEach(lane -> lane.oneByOneUpTo(Long.MAX_VALUE));
    }

    private boolean replayNext(Lane lane) throws Exception {
        Optional<ParkedEvent> next =
                attempts.parked().nextReplay(consumer.name(), lane.claim().lane());
        if (next.isPresent()) {
            retryWorker.attempt(lane, next.get());
        }
        return next.isPresent();
    }
}
