package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.WaitLog.WaitingWork;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LogEntry;

/**
 * Notifies a consumer again of what is parked, or of what an operator replays. An attempt is counted before it is made;
 * its success and the end of the parked row are one commit.
 */
final class RetryWorker {

    private static final System.Logger LOG = System.getLogger(RetryWorker.class.getName());
    private static final int MAX_UNENDED = 3;

    private static final Duration REPEAT_AFTER = Duration.ofSeconds(1);

    private final Inbox inbox;
    private final Notifier notifier;
    private final Ledger ledger;
    private final RetryPolicy retry;
    private final Report report;

    RetryWorker(Inbox inbox, Notifier notifier, Ledger ledger, RetryPolicy retry, Report report) {
        this.inbox = inbox;
        this.notifier = notifier;
        this.ledger = ledger;
        this.retry = retry;
        this.report = report;
    }

    /** Makes an attempt that has been counted. */
    interface Attempting {
        void attempt(Lane lane, ParkedEvent begun, LogEntry entry) throws SQLException, LaneLost;
    }

    /** Retries the event of a lane that has been due for the longest time; returns whether there was one. */
    boolean retryNext(Lane lane) throws SQLException, LaneLost {
        boolean any = retryNext(lane, this::attempt);
        lookForParked(lane);
        return any;
    }

    /** As above, by an attempt of the caller's that may end later; who {@linkplain #lookForParked looks} then. */
    boolean retryNext(Lane lane, Attempting attempting) throws SQLException, LaneLost {
        LaneClaim claim = lane.claim();
        Optional<ParkedEvent> next = ledger.parked().nextDue(claim.consumer(), claim.lane());
        if (next.isPresent()) {
            begin(lane, next.get(), attempting);
        }
        return next.isPresent();
    }

    /** Whether events are parked in a lane. */
    void lookForParked(Lane lane) throws SQLException {
        LaneClaim claim = lane.claim();
        lane.setEventsParked(ledger.parkedLanes().anyWaits(claim.consumer(), claim.lane()));
    }

    /** Replays what has been due for the longest time in a lane; returns whether there was anything. */
    boolean replayNext(Lane beside) throws SQLException, LaneLost {
        return replayNext(beside, this::attempt);
    }

    /** As above, by an attempt of the caller's that may end later. */
    boolean replayNext(Lane beside, Attempting attempting) throws SQLException, LaneLost {
        LaneClaim claim = beside.claim();
        Optional<ParkedEvent> next = ledger.parked().nextReplay(claim.consumer(), claim.lane());
        if (next.isPresent() && ledger.parked().waitsForReplay(next.get())) {
            change(claim, () -> ledger.parked().waitForReplay(next.get())); // decided behind the lane's lock
        } else if (next.isPresent()) {
            begin(beside, next.get(), attempting);
        }
        return next.isPresent();
    }

    /** Attempts a parked event; what comes of that takes effect only if the lane is still this node's. */
    private void begin(Lane lane, ParkedEvent waiting, Attempting attempting) throws SQLException, LaneLost {
        LaneClaim claim = lane.claim();
        Duration delay = retry.delayAfter(waiting.attempts() + 1);
        if (!ledger.parked().begin(waiting, claim, delay)) {
            throw new LaneLost(claim);
        }
        ParkedEvent begun = waiting.begun();
        LogEntry entry = inbox.at(waiting.position()).orElseThrow();
        if (notifier.watch().hangsAt(waiting.position())) {
            change(claim, () -> ledger.parked().postpone(begun, notifier.watch().timeout()));
        } else if (waiting.unended() >= MAX_UNENDED) {
            fail(lane, begun, entry, Failure.NODE_DIED);
        } else {
            attempting.attempt(lane, begun, entry);
        }
    }

    private void attempt(Lane lane, ParkedEvent begun, LogEntry entry) throws SQLException, LaneLost {
        try (Watch.Shift shift = notifier.watch().begin(List.of(lane), timeout -> fail(lane, begun, entry, timeout))) {
            finish(lane, begun, entry, stage -> {
                stage.set(CallStage.DURING);
                Optional<Notification> wanted = notifier.wanted(entry, begun.replay());
                if (wanted.isPresent()) {
                    shift.turnTo(lane, wanted.get().event().toString(), entry.position());
                    notifier.notify(wanted.get());
                }
                stage.set(CallStage.AFTER);
            });
        }
    }

    /**
     * Ends an attempt that succeeded.
     *
     * @param result what is stored with that
     */
    void record(Lane lane, ParkedEvent begun, LogEntry entry, Transaction.Work result) throws SQLException, LaneLost {
        finish(lane, begun, entry, stage -> {
            stage.set(CallStage.AFTER);
            result.run();
        });
    }

    /** What an attempt does in its transaction, and how far it is. */
    private interface Effect {
        void run(AtomicReference<CallStage> stage) throws Exception;
    }

    /** Where the effect throws, or the commit fails because of it, the attempt has failed. */
    private void finish(Lane lane, ParkedEvent begun, LogEntry entry, Effect effect) throws SQLException, LaneLost {
        LaneClaim claim = lane.claim();
        AtomicReference<CallStage> stage = new AtomicReference<>(CallStage.BEFORE);
        long begunAt = System.nanoTime();
        try {
            notifier.transaction().run(() -> {
                effect.run(stage);
                finish(claim, begun);
            });
            report.outcomes().done(1);
            report.waits().ended(WaitingWork.parked(begun), () -> describe(begun, entry));
            LOG.log(
                    INFO,
                    begun.replay()
                            ? "Replay of delivery {0} to {1} succeeded"
                            : "Retry of delivery {0} to {1} succeeded",
                    entry.delivery(),
                    claim.consumer());
        } catch (LaneLost e) {
            throw e;
        } catch (Throwable thrown) {
            Failure failure = Failure.of(thrown).after(Duration.ofNanos(System.nanoTime() - begunAt));
            if (stage.get().isConsumersFault(thrown)) {
                fail(lane, begun, entry, failure);
            } else {
                GroupFailure.demandHeld(lane);
                repeat(claim, begun, entry, failure);
            }
        }
    }

    /** The database failed, and not the consumer. */
    private void repeat(LaneClaim claim, ParkedEvent begun, LogEntry entry, Failure failure)
            throws SQLException, LaneLost {
        change(claim, () -> ledger.parked().postpone(begun, REPEAT_AFTER));
        LOG.log(
                INFO,
                "Attempt {2} of consumer {0} at {1} does not count, the database failed; retry in {3}: {4}",
                claim.consumer(),
                describe(begun, entry),
                String.valueOf(begun.attempts()),
                REPEAT_AFTER,
                failure);
    }

    private void finish(LaneClaim claim, ParkedEvent begun) throws SQLException, LaneLost {
        ledger.lanes().lock(claim);
        if (!ledger.parked().finish(begun)) {
            throw new LaneLost(claim);
        }
    }

    private void postpone(LaneClaim claim, ParkedEvent begun, Failure failure, Duration pause) throws SQLException {
        ledger.parked().postpone(begun, pause, failure);
        if (!begun.replay()) { // which pauses replays alone
            ledger.lanes().renewWait(claim, pause, failure);
        }
    }

    /**
     * Ends an attempt that failed. What the consumer asked to retry later depends on no event: the lane or the replays
     * wait with it.
     */
    void fail(Lane lane, ParkedEvent begun, LogEntry entry, Failure failure) throws SQLException, LaneLost {
        LaneClaim claim = lane.claim();
        boolean dead = failure.gaveUp()
                || failure == Failure.NODE_DIED
                || failure.pause().isEmpty() && retry.isOver(begun.failingFor());
        change(claim, () -> {
            if (dead) {
                ledger.parked().deadLetter(begun, failure);
            } else if (failure.pause().isPresent()) {
                postpone(claim, begun, failure, failure.pause().get());
            } else {
                ledger.parked().fail(begun, failure);
            }
        });
        report.outcomes().failed(failure, dead);
        if (!dead && failure.pause().isPresent()) {
            lane.schedule().pause(failure.pause().get());
            report.waits().waits(WaitingWork.parked(begun), describe(begun, entry), failure);
            return;
        }
        report.waits().ended(WaitingWork.parked(begun), () -> describe(begun, entry));
        LOG.log(
                WARNING,
                "Consumer {0} failed on {1} in attempt {2}; {3}: {4}",
                claim.consumer(),
                describe(begun, entry),
                String.valueOf(begun.attempts()),
                dead ? "dead letter" : "it will be retried",
                failure);
    }

    private void change(LaneClaim claim, Ledger.LedgerUpdate change) throws SQLException, LaneLost {
        ledger.commit(() -> {
            ledger.lanes().lock(claim);
            change.run();
        });
    }

    private static String describe(ParkedEvent event, LogEntry entry) {
        return (event.replay() ? "the replay of delivery " : "delivery ") + entry.delivery();
    }
}
