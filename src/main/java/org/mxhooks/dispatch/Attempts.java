package org.mxhooks.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.database.Sql;
import org.mxhooks.database.Transaction;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LogEntry;

/** What notifying a consumer takes, whether of news or again: the same for all its workers. */
record Attempts(
        EventConsumer consumer,
        Inbox inbox,
        ConsumerTable consumers,
        LaneTable lanes,
        ParkedTable parked,
        Transaction transaction,
        RetryPolicy retry,
        Watch watch,
        WaitLog waitLog,
        Outcomes outcomes) {

    /**
     * A node's.
     *
     * @param transaction in which the consumer is notified
     * @param watch over how long that takes
     */
    static Attempts of(
            UUID node,
            EventConsumer consumer,
            Inbox inbox,
            Sql sql,
            Transaction transaction,
            RetryPolicy retry,
            Watch watch,
            MeterRegistry meters) {
        return new Attempts(
                consumer,
                inbox,
                new ConsumerTable(sql),
                new LaneTable(sql, node),
                new ParkedTable(sql),
                transaction,
                retry,
                watch,
                new WaitLog(consumer.name(), System::nanoTime),
                new Outcomes(consumer.name(), meters));
    }

    /** Changes to what is parked, which take effect only if the lane is still this node's. */
    interface AttemptUpdate {
        void run() throws SQLException, LaneLost;
    }

    /** The event of a delivery, if the consumer wants it. */
    Optional<WebhookEvent> wanted(LogEntry delivery, boolean replay) {
        return Decoding.event(delivery, replay).filter(consumer::wants);
    }

    /** Notifies the consumer in the thread's transaction, which it may have marked for rollback without a word. */
    void notify(WebhookEvent event) throws Exception {
        consumer.notify(event);
        transaction.demandCommittable();
    }

    /**
     * Commits a change and nothing else.
     *
     * @throws SQLException if there was no commit, or nobody knows
     */
    void commit(AttemptUpdate change) throws LaneLost, SQLException {
        try {
            transaction.run(change::run);
        } catch (LaneLost | SQLException e) {
            throw e;
        } catch (Exception e) {
            throw new SQLException("no commit", e);
        }
    }
}
