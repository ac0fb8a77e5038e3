package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.stream.Collectors.toMap;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.mxhooks.dispatch.Lane.Passed;
import org.mxhooks.dispatch.WaitLog.WaitingWork;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LogEntry;

/**
 * Notifies a consumer of what a lane has beyond its cursor. Several events share a transaction as long as that succeeds
 * and does not take long; where it fails they are repeated one by one, so that the one at fault is found. What fails is
 * parked and the cursor moves on.
 */
final class PendingWorker {

    private static final System.Logger LOG = System.getLogger(PendingWorker.class.getName());
    private static final int MAX_READ = 32;
    private static final long MAX_BYTES = 4L * 1024 * 1024;
    private static final int MAX_CLAIMS = 3;

    /** An event that is slow is the last of its transaction, so that the server's time-out is about one event. */
    private static final Duration GATHER_TIMEOUT = Duration.ofMillis(50);

    private final Inbox inbox;
    private final Notifier notifier;
    private final Ledger ledger;
    private final RetryPolicy retry;
    private final Report report;

    PendingWorker(Inbox inbox, Notifier notifier, Ledger ledger, RetryPolicy retry, Report report) {
        this.inbox = inbox;
        this.notifier = notifier;
        this.ledger = ledger;
        this.retry = retry;
        this.report = report;
    }

    /**
     * Processes the next deliveries of a lane; returns whether there may be more.
     *
     * @param over whether no further transaction is to begin
     */
    boolean work(Lane lane, BooleanSupplier over) throws SQLException, LaneLost {
        LaneClaim claim = lane.claim();
        List<Candidate> read = inbox.read(claim.lane(), lane.position(), MAX_READ, MAX_BYTES).stream()
                .map(Candidate::new)
                .toList();
        if (read.isEmpty() && claim.claims() > 0) {
            ledger.lanes().resetClaims(claim);
            lane.resetClaims();
        }
        for (List<Candidate> rest = pass(lane, read); !rest.isEmpty(); rest = pass(lane, rest)) {
            if (lane.schedule().isPaused() || over.getAsBoolean()) {
                lane.schedule().signalPending(); // of what is left
                return false;
            }
            advance(lane, rest);
        }
        return !read.isEmpty();
    }

    /** What is left behind the lane's position, from the first that the consumer may want. */
    private List<Candidate> pass(Lane lane, List<Candidate> candidates) {
        long position = lane.position();
        return candidates.stream()
                .filter(candidate -> candidate.position() > position)
                .dropWhile(candidate -> {
                    boolean passes = !notifier.mayWant(candidate.entry);
                    if (passes) {
                        lane.passTo(new Passed(candidate.position(), candidate.entry.delivery()));
                    }
                    return passes;
                })
                .toList();
    }

    /** Writes the cursors of lanes in which nobody works and the consumer did not want the latest deliveries. */
    void writePassed(Collection<Lane> lanes) throws Exception {
        List<Lane> taken = lanes.stream()
                .filter(lane -> lane.passed().isPresent() && lane.schedule().take())
                .toList();
        try {
            List<Lane> passed =
                    taken.stream().filter(lane -> lane.passed().isPresent()).toList(); // a turn may just have ended
            if (!passed.isEmpty()) {
                write(passed);
            }
        } finally {
            taken.forEach(lane -> lane.schedule().endTurn());
        }
    }

    private void write(List<Lane> taken) throws Exception {
        List<Passed> passed =
                taken.stream().map(lane -> lane.passed().orElseThrow()).toList();
        List<Long> positions = passed.stream().map(Passed::position).toList();
        List<Boolean> moved = new ArrayList<>();
        ledger.transaction().run(() -> {
            if (inbox.stand(passed.stream().collect(toMap(Passed::position, Passed::delivery)))) {
                moved.addAll(ledger.lanes().pass(taken.stream().map(Lane::claim).toList(), positions));
            }
        });
        if (moved.isEmpty()) {
            taken.forEach(lane -> lane.schedule().lose());
        }
        for (int i = 0; i < moved.size(); i++) {
            if (moved.get(i)) {
                taken.get(i).moveTo(positions.get(i));
            }
        }
    }

    /**
     * What was read, and what was passed in memory alone, must stand there still: after a failover to an older database
     * positions are given out again, and the cursor would skip who has them now.
     */
    private void moveCursor(Group group, LogEntry to) throws SQLException, LaneLost {
        Map<Long, UUID> believed = new HashMap<>(Map.of(to.position(), to.delivery()));
        group.passed.ifPresent(last -> believed.put(last.position(), last.delivery()));
        if (!inbox.stand(believed)) {
            throw new LaneLost(group.claim);
        }
        ledger.lanes().advance(group.claim, to.position());
    }

    private void advance(Lane lane, List<Candidate> rest) throws LaneLost, SQLException {
        Group group = new Group(lane);
        try (Watch.Shift shift = notifier.watch().begin(lane, timeout -> fail(group, timeout))) {
            notifier.transaction().run(() -> {
                group.process(rest, shift);
                moveCursor(group, group.upTo);
            });
            lane.moveTo(group.upTo.position());
            report.outcomes().done(group.notified);
            report.waits().ended(WaitingWork.lane(group.claim), group::describeLast);
        } catch (LaneLost e) {
            throw e;
        } catch (Throwable failure) {
            fail(group, Failure.of(failure));
        }
    }

    /** A delivery of a lane, decoded once however often its group is repeated. */
    private final class Candidate {
        private final LogEntry entry;
        private Optional<Notification> wanted = Optional.empty();
        private boolean decided;

        Candidate(LogEntry entry) {
            this.entry = entry;
        }

        long position() {
            return entry.position();
        }

        Optional<Notification> wanted() {
            if (!decided) {
                wanted = notifier.wanted(entry, false);
                decided = true;
            }
            return wanted;
        }
    }

    /** What is processed in one transaction. */
    private final class Group {
        private final Lane lane;
        private final LaneClaim claim;
        private final Optional<Passed> passed;
        private final boolean alone;
        private final long beganAt = System.nanoTime();
        private final List<LogEntry> processed = new ArrayList<>();
        private boolean unattempted;
        private int notified;
        private LogEntry upTo;

        Group(Lane lane) {
            this.lane = lane;
            claim = lane.claim();
            passed = lane.passed();
            alone = lane.isNextAlone() || notifier.consumer().policy() == EventConsumer.Policy.EXTERNAL;
        }

        void process(List<Candidate> candidates, Watch.Shift shift) throws Exception {
            for (Candidate candidate : candidates) {
                if (isFull()) {
                    return;
                }
                processed.add(candidate.entry); // so that it is at fault if it cannot even be decoded
                Optional<Notification> wanted = candidate.wanted();
                if (wanted.isPresent()) {
                    process(candidate.entry, wanted.get(), shift);
                } else {
                    processed.remove(candidate.entry);
                }
                upTo = candidate.entry;
            }
        }

        private void process(LogEntry entry, Notification notification, Watch.Shift shift) throws Exception {
            if (waitsBehindAnother(entry)) {
                unattempted = true;
                ledger.parked().parkBehind(claim, entry);
            } else if (claim.claims() >= MAX_CLAIMS) {
                unattempted = true;
                parkSuspect(entry);
            } else {
                shift.turnTo(notification.event().toString(), entry.position());
                notifier.notify(notification);
                notified++;
            }
        }

        private void parkSuspect(LogEntry entry) throws SQLException, LaneLost {
            LOG.log(
                    WARNING,
                    "Parked {0} for consumer {1} without an attempt: {2}",
                    Report.describe(entry),
                    claim.consumer(),
                    Failure.NODE_DIED);
            lane.setEventsParked(true);
            ledger.lanes().lock(claim);
            Duration delay = retry.delayAfter(1);
            ledger.parked().park(claim, entry, Failure.NODE_DIED, delay, 1);
        }

        private boolean waitsBehindAnother(LogEntry entry) throws SQLException, LaneLost {
            Optional<String> resource = entry.attributes().orderingKey();
            if (!lane.hasEventsParked() || resource.isEmpty()) {
                return false;
            }
            if (!ledger.parked().waits(claim.consumer(), resource.get())) {
                return false;
            }
            ledger.lanes().lock(claim); // else the one it waits behind could just be finishing
            return ledger.parked().waits(claim.consumer(), resource.get());
        }

        private String describeLast() {
            return processed.isEmpty() ? "none was wanted" : Report.describe(last());
        }

        private LogEntry last() {
            return processed.get(processed.size() - 1);
        }

        private boolean isFull() {
            boolean late = System.nanoTime() - beganAt > GATHER_TIMEOUT.toNanos();
            return !processed.isEmpty() && (alone || late);
        }
    }

    private void fail(Group group, Failure failure) throws SQLException, LaneLost {
        if (group.processed.isEmpty() || group.processed.size() == 1 && group.unattempted) {
            group.lane.schedule().lose(); // so that it is read again: it may not stand where this node believes
            throw new SQLException("no commit: " + failure);
        }
        LogEntry last = group.last();
        if (group.processed.size() > 1) {
            group.lane.notifyAloneUpTo(last.position());
        } else if (failure.pause().isPresent()) {
            Duration pause = failure.pause().get();
            group.lane.schedule().pause(pause);
            report.waits().waits(WaitingWork.lane(group.claim), Report.describe(last), failure);
            report.outcomes().failed(failure, false);
            ledger.lanes().noteWait(group.claim, pause, failure);
        } else {
            setAside(group, last, failure);
        }
    }

    private void setAside(Group group, LogEntry entry, Failure failure) throws SQLException, LaneLost {
        boolean dead = failure.gaveUp() || retry.isOver(Duration.ZERO);
        Duration delay = retry.delayAfter(1);
        AtomicBoolean behind = new AtomicBoolean();
        group.lane.setEventsParked(group.lane.hasEventsParked() || !dead);
        ledger.commit(() -> {
            moveCursor(group, entry);
            if (dead) {
                ledger.parked().deadLetter(group.claim, entry, failure);
            } else {
                behind.set(ledger.parked().park(group.claim, entry, failure, delay, 0));
            }
        });
        group.lane.moveTo(entry.position());
        report.waits().ended(WaitingWork.lane(group.claim), () -> Report.describe(entry));
        report.outcomes().failed(failure, dead);
        LOG.log(
                WARNING,
                "Consumer {0} failed on {1}; {2}: {3}",
                group.claim.consumer(),
                Report.describe(entry),
                dead ? "dead letter" : behind.get() ? "it waits behind another of its resource" : "retry in " + delay,
                failure);
    }
}
