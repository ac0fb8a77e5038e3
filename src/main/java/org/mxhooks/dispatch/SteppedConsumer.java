package org.mxhooks.dispatch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.Place;
import org.mxhooks.resilience.Turns;

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
    private final String name;
    private final Inbox inbox;
    private final ConsumerWork work;
    private final PassedCursors passed;
    private List<Lane> lanes = List.of();

    /**
     * Registers the consumer and claims all its lanes.
     *
     * @param dataSource whose connections join the transaction
     */
    public SteppedConsumer(UUID node, EventConsumer consumer, DataSource dataSource, UserTransaction jta, Inbox inbox)
            throws Exception {
        this.inbox = inbox;
        sql = new Sql(dataSource);
        name = consumer.name();
        work = ConsumerWork.of(
                new NodeContext(
                        node, inbox, sql, jta, new Turns(Executors.defaultThreadFactory()), new SimpleMeterRegistry()),
                new Limits(TIMEOUT, TIMEOUT, false, RETRY),
                consumer);
        passed = new PassedCursors(inbox, work.ledger().lanes(), work.ledger().transaction());
        new NodeTable(sql).renew(node);
        work.registration().begin();
        work.ledger().lanes().claim(name, Place.LANES, false);
        resume();
    }

    /** Notifies of every pending event, but in lanes that are paused. */
    public void notifyOfPending() throws Exception {
        inbox.last(); // which other nodes may have appended
        for (Lane lane : lanes) {
            while (work.pending().work(lane, () -> false)) {
                // there is more
            }
        }
        passed.write(lanes);
    }

    /** Makes everything parked due and resumes paused lanes, then notifies once of each, and of what is pending. */
    public void skipDelays() throws Exception {
        sql.update("update mxhooks.parked set due = current_timestamp where due is not null and consumer = ?", name);
        resume();
        retryDue();
        notifyOfPending();
    }

    /** Notifies of what is due: parked events and replays. */
    public void retryDue() throws Exception {
        for (Lane lane : lanes) {
            while (work.retries().retryNext(lane) || work.retries().replayNext(lane)) {
                // the next of the resource may be due now
            }
        }
    }

    /** Reads the lanes anew, so that none is paused. */
    private void resume() throws SQLException {
        lanes = work.ledger().lanes().held(name).stream()
                .map(claim -> new Lane(claim, true))
                .toList();
        lanes.forEach(lane -> lane.notifyAloneUpTo(Long.MAX_VALUE));
    }
}
