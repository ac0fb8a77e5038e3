package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.mxhooks.dispatch.WaitLog.WaitingWork;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.inbox.LogEntry;

/**
 * Notifies a consumer again of what is parked, or at an operator's wish. An attempt is counted before it is made; its
 * success and the end of the parked row are one commit.
 */
final class RetryWorker {

    private static final System.Logger LOG = System.getLogger(RetryWorker.class.getName());
    private static final int MAX_UNENDED = 3;

    private final Attempts attempts;
    private final ConsumerCoordinator follower;

    RetryWorker(Attempts attempts, ConsumerCoordinator follower) {
        this.attempts = attempts;
        this.follower = follower;
    }

    /** Tries the event of a lane that has been due for the longest time; tells whether there was one. */
    boolean work(Lane lane) throws SQLException, LaneLost {
        LaneClaim claim = lane.claim();
        Optional<ParkedEvent> next = attempts.parked().nextDue(claim.consumer(), claim.lane());
        if (next.isPresent()) {
            attempt(lane, next.get());
        }
        lane.eventsWait(attempts.parked().anyWaits(claim.consumer(), claim.lane()));
        return next.isPresent();
    }

    /** Tries a parked event, in a transaction that takes effect only if the lane is still this node's. */
    void attempt(Lane lane, ParkedEvent waiting) throws SQLException, LaneLost {
        LaneClaim claim = lane.claim();
        Duration delay = attempts.retry().delayAfter(waiting.attempts() + 1);
        if (!attempts.parked().begin(waiting, claim, delay)) {
            throw new LaneLost(claim);
        }
        ParkedEvent begun = waiting.begun();
        LogEntry delivery = attempts.inbox().at(waiting.position()).orElseThrow();
        if (attempts.watch().hangsAt(waiting.position())) {
            change(
                    claim,
                    () -> attempts.parked().postpone(begun, attempts.watch().timeout()));
        } else if (waiting.unended() >= MAX_UNENDED) {
            fail(claim, begun, delivery, Failure.NODE_DIED);
        } else {
            attempt(lane, begun, delivery);
        }
    }

    private void attempt(Lane lane, ParkedEvent begun, LogEntry delivery) throws SQLException, LaneLost {
        LaneClaim claim = lane.claim();
        Watch.Late late = (position, timeout) -> follower.giveUp(lane, () -> fail(claim, begun, delivery, timeout));
        try (Watch.Shift shift = attempts.watch().begin(late)) {
            attempts.transaction().run(() -> {
                Optional<WebhookEvent> event = attempts.wanted(delivery, begun.replay());
                if (event.isPresent()) {
                    shift.turnTo(event.get().toString(), delivery.position());
                    attempts.notify(event.get());
                }
                finish(claim, begun);
            });
            attempts.outcomes().done(1);
            attempts.waitLog().ended(WaitingWork.parked(begun), () -> describe(begun, delivery));
            LOG.log(
                    INFO,
                    begun.replay()
                            ? "Replay of delivery {0} to {1} succeeded"
                            : "Retry of delivery {0} to {1} succeeded",
                    delivery.delivery(),
                    claim.consumer());
        } catch (LaneLost e) {
            throw e;
        } catch (Throwable failure) {
            fail(claim, begun, delivery, Failure.of(failure));
        }
    }

    private void finish(LaneClaim claim, ParkedEvent begun) throws SQLException, LaneLost {
        attempts.lanes().lock(claim);
        if (!attempts.parked().finish(begun)) {
            throw new LaneLost(claim);
        }
    }

    private void fail(LaneClaim claim, ParkedEvent begun, LogEntry delivery, Failure failure)
            throws SQLException, LaneLost {
        boolean dead = failure.gaveUp()
                || failure == Failure.NODE_DIED
                || failure.pause().isEmpty() && attempts.retry().isOver(begun.failingFor());
        change(claim, () -> {
            if (dead) {
                attempts.parked().bury(begun, failure);
            } else if (failure.pause().isPresent()) {
                attempts.parked().postpone(begun, failure.pause().get(), failure);
            } else {
                attempts.parked().fail(begun, failure);
            }
        });
        attempts.outcomes().failed(failure, dead);
        if (!dead && failure.pause().isPresent()) {
            attempts.waitLog().waits(WaitingWork.parked(begun), describe(begun, delivery), failure);
            return;
        }
        attempts.waitLog().ended(WaitingWork.parked(begun), () -> describe(begun, delivery));
        LOG.log(
                WARNING,
                "Consumer {0} failed on {1} in attempt {2}; {3}: {4}",
                claim.consumer(),
                describe(begun, delivery),
                String.valueOf(begun.attempts()),
                dead ? "dead letter" : "it will be retried",
                failure);
    }

    private void change(LaneClaim claim, Attempts.AttemptUpdate change) throws SQLException, LaneLost {
        attempts.commit(() -> {
            attempts.lanes().lock(claim);
            change.run();
        });
    }

    private static String describe(ParkedEvent event, LogEntry delivery) {
        return (event.replay() ? "the replay of delivery " : "delivery ") + delivery.delivery();
    }
}
