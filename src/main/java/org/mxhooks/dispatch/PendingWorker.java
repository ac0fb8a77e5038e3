package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxhooks.dispatch.WaitLog.WaitingWork;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.inbox.LogEntry;

/**
 * Notifies a consumer of what a lane has beyond its cursor. Several events share a transaction as long as that goes
 * well and does not take long; where it fails they are repeated one by one, so that the one at fault is found. What
 * fails is parked and the cursor moves on.
 */
final class PendingWorker {

    private static final System.Logger LOG = System.getLogger(PendingWorker.class.getName());
    private static final int READ_AT_ONCE = 32;
    private static final int MAX_CLAIMS = 3;

    /** An event that is slow is the last of its transaction, so that the server's time-out is about one event. */
    private static final Duration GATHER_FOR = Duration.ofMillis(50);

    private final Attempts attempts;
    private final ConsumerCoordinator follower;

    PendingWorker(Attempts attempts, ConsumerCoordinator follower) {
        this.attempts = attempts;
        this.follower = follower;
    }

    /** Deals with the next deliveries of a lane; tells whether there may be more. */
    boolean work(Lane lane) throws SQLException, LaneLost {
        LaneClaim claim = lane.claim();
        List<LogEntry> read = attempts.inbox().read(claim.lane(), claim.position(), READ_AT_ONCE);
        if (read.isEmpty() && claim.claims() > 0) {
            attempts.lanes().settle(claim);
            lane.settled();
        }
        for (List<LogEntry> rest = read; !rest.isEmpty(); rest = beyond(lane.claim(), rest)) {
            if (lane.isPaused() || follower.rests()) {
                lane.tellNews(); // of what is left
                return false;
            }
            advance(lane, rest);
        }
        return read.size() == READ_AT_ONCE;
    }

    private static List<LogEntry> beyond(LaneClaim claim, List<LogEntry> deliveries) {
        return deliveries.stream()
                .filter(delivery -> delivery.position() > claim.position())
                .toList();
    }

    private void advance(Lane lane, List<LogEntry> rest) throws LaneLost, SQLException {
        Group group = new Group(lane);
        Watch.Late late = (position, timeout) -> {
            lane.oneByOneUpTo(position);
            follower.giveUp(lane, () -> fail(group, timeout));
        };
        try (Watch.Shift shift = attempts.watch().begin(late)) {
            attempts.transaction().run(() -> {
                group.dealWith(rest, shift);
                attempts.lanes().advance(group.claim, group.upTo);
            });
            lane.moveTo(group.upTo);
            attempts.outcomes().done(group.notified);
            attempts.waitLog().ended(WaitingWork.lane(group.claim), group::describeLast);
        } catch (LaneLost e) {
            throw e;
        } catch (Throwable failure) {
            fail(group, Failure.of(failure));
        }
    }

    /** What is dealt with in one transaction. */
    private final class Group {
        private final Lane lane;
        private final LaneClaim claim;
        private final boolean single;
        private final long beganAt = System.nanoTime();
        private final List<LogEntry> dealtWith = new ArrayList<>();
        private boolean unattempted;
        private int notified;
        private long upTo;

        Group(Lane lane) {
            this.lane = lane;
            claim = lane.claim();
            single = lane.isOneByOne() || !attempts.consumer().joinsTransaction();
        }

        void dealWith(List<LogEntry> deliveries, Watch.Shift shift) throws Exception {
            for (LogEntry delivery : deliveries) {
                if (isFull()) {
                    return;
                }
                dealtWith.add(delivery); // so that it is at fault if it cannot even be looked at
                Optional<WebhookEvent> event = attempts.wanted(delivery, false);
                if (event.isPresent()) {
                    dealWith(delivery, event.get(), shift);
                } else {
                    dealtWith.remove(delivery);
                }
                upTo = delivery.position();
            }
        }

        private void dealWith(LogEntry delivery, WebhookEvent event, Watch.Shift shift) throws Exception {
            if (waitsBehindAnother(delivery)) {
                unattempted = true;
                attempts.parked().parkBehind(claim, delivery);
            } else if (claim.claims() >= MAX_CLAIMS) {
                unattempted = true;
                parkSuspect(delivery);
            } else {
                shift.turnTo(event.toString(), delivery.position());
                attempts.notify(event);
                notified++;
            }
        }

        private void parkSuspect(LogEntry delivery) throws SQLException, LaneLost {
            LOG.log(
                    WARNING,
                    "Parked {0} for consumer {1} without an attempt: {2}",
                    describe(delivery),
                    claim.consumer(),
                    Failure.NODE_DIED);
            lane.eventsWait(true);
            attempts.lanes().lock(claim);
            Duration delay = attempts.retry().delayAfter(1);
            attempts.parked().park(claim, delivery, Failure.NODE_DIED, delay, 1);
        }

        private boolean waitsBehindAnother(LogEntry delivery) throws SQLException, LaneLost {
            if (!lane.eventsWait() || delivery.attributes().orderingKey().isEmpty()) {
                return false;
            }
            String resource = delivery.attributes().orderingKey().get();
            if (!attempts.parked().waits(claim.consumer(), resource)) {
                return false;
            }
            attempts.lanes().lock(claim); // else the one it waits behind could just be going
            return attempts.parked().waits(claim.consumer(), resource);
        }

        private String describeLast() {
            return dealtWith.isEmpty() ? "none was wanted" : describe(dealtWith.get(dealtWith.size() - 1));
        }

        private boolean isFull() {
            boolean late = System.nanoTime() - beganAt > GATHER_FOR.toNanos();
            return !dealtWith.isEmpty() && (single || late);
        }
    }

    private void fail(Group group, Failure failure) throws SQLException, LaneLost {
        if (group.dealtWith.isEmpty() || group.dealtWith.size() == 1 && group.unattempted) {
            throw new SQLException("no commit: " + failure);
        }
        LogEntry last = group.dealtWith.get(group.dealtWith.size() - 1);
        if (group.dealtWith.size() > 1) {
            group.lane.oneByOneUpTo(last.position());
        } else if (failure.pause().isPresent()) {
            Duration pause = failure.pause().get();
            group.lane.pause(pause);
            attempts.waitLog().waits(WaitingWork.lane(group.claim), describe(last), failure);
            attempts.outcomes().failed(failure, false);
            attempts.lanes().noteWait(group.claim, pause, failure);
        } else {
            setAside(group, last, failure);
        }
    }

    private void setAside(Group group, LogEntry delivery, Failure failure) throws SQLException, LaneLost {
        boolean dead = failure.gaveUp() || attempts.retry().isOver(Duration.ZERO);
        Duration delay = attempts.retry().delayAfter(1);
        group.lane.eventsWait(group.lane.eventsWait() || !dead);
        attempts.commit(() -> {
            attempts.lanes().advance(group.claim, delivery.position());
            if (dead) {
                attempts.parked().bury(group.claim, delivery, failure);
            } else {
                attempts.parked().park(group.claim, delivery, failure, delay, 0);
            }
        });
        group.lane.moveTo(delivery.position());
        attempts.waitLog().ended(WaitingWork.lane(group.claim), () -> describe(delivery));
        attempts.outcomes().failed(failure, dead);
        LOG.log(
                WARNING,
                "Consumer {0} failed on {1}; {2}: {3}",
                group.claim.consumer(),
                describe(delivery),
                dead ? "dead letter" : "retry in " + delay,
                failure);
    }

    private static String describe(LogEntry delivery) {
        return "delivery %s (%s)"
                .formatted(
                        delivery.delivery(),
                        delivery.attributes()
                                .orderingKey()
                                .orElse(delivery.attributes().category()));
    }
}
