package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
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

    /** No further lane is read for a transaction that has so many events. */
    private static final int MAX_SHARED = 128;

    private static final int MAX_CLAIMS = 3;

    /** An event that is slow is the last of its transaction, so that the server's time-out is about one event. */
    private static final Duration GATHER_TIMEOUT = Duration.ofMillis(50);

    private final Inbox inbox;
    private final Notifier notifier;
    private final UnwantedDeliveries unwanted;
    private final Ledger ledger;
    private final RetryPolicy retry;
    private final Report report;

    PendingWorker(Inbox inbox, Notifier notifier, Ledger ledger, RetryPolicy retry, Report report) {
        this.inbox = inbox;
        this.notifier = notifier;
        unwanted = new UnwantedDeliveries(notifier);
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
        List<Candidate> read = read(lane);
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

    /**
     * Whether a lane may be worked on together with others: not where the next transaction has to be about one event,
     * or may lock the lane before its end.
     */
    boolean shares(Lane lane) {
        return notifier.consumer().policy() == EventConsumer.Policy.TRANSACTIONAL
                && !lane.isNextAlone()
                && !lane.isApart()
                && !lane.hasEventsParked()
                && !lane.schedule().isDue()
                && notifier.watch().isQuick();
    }

    /**
     * Processes the next deliveries of several lanes in one transaction. Returns false if that failed: then nothing is
     * done in any of them, and they have their next turns one by one.
     *
     * @param held all lanes that nobody else works on until this returns
     */
    boolean workTogether(List<Lane> lanes, List<Lane> held) throws SQLException {
        List<Share> shares = new ArrayList<>();
        int events = 0;
        long bytes = 0;
        for (Lane lane : lanes) {
            boolean full = events >= MAX_SHARED || bytes >= MAX_BYTES;
            List<Candidate> read = full ? List.of() : read(lane);
            Share share = new Share(lane, pass(lane, read));
            if (!share.rest().isEmpty()) {
                shares.add(share);
            }
            if (full || !read.isEmpty()) {
                lane.schedule().signalPending();
            }
            events += share.rest().size();
            bytes += share.rest().stream().mapToLong(Candidate::bytes).sum();
        }
        return shares.isEmpty() || advanceTogether(shares, held);
    }

    private List<Candidate> read(Lane lane) throws SQLException {
        return inbox.follow(lane.claim().lane(), lane.position(), MAX_READ, MAX_BYTES).stream()
                .map(Candidate::new)
                .toList();
    }

    /** What is left behind the lane's position, from the first that the consumer may want. */
    private List<Candidate> pass(Lane lane, List<Candidate> candidates) {
        long position = lane.position();
        return candidates.stream()
                .filter(candidate -> candidate.position() > position)
                .dropWhile(candidate -> unwanted.pass(lane, candidate.entry))
                .toList();
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

    private void moveCursors(List<Group> groups) throws SQLException, LaneLost {
        Map<Long, UUID> believed = new HashMap<>();
        for (Group group : groups) {
            believed.put(group.upTo.position(), group.upTo.delivery());
            group.passed.ifPresent(last -> believed.put(last.position(), last.delivery()));
        }
        if (!inbox.stand(believed)) {
            throw new LaneLost(groups.get(0).claim);
        }
        ledger.lanes()
                .advance(
                        groups.stream().map(group -> group.claim).toList(),
                        groups.stream().map(group -> group.upTo.position()).toList());
    }

    /** What is to be processed of one of several lanes. */
    private record Share(Lane lane, List<Candidate> rest) {}

    private boolean advanceTogether(List<Share> shares, List<Lane> held) {
        List<Group> groups = new ArrayList<>();
        long beganAt = System.nanoTime();
        try (Watch.Shift shift = notifier.watch().begin(held, timeout -> failLast(groups, timeout))) {
            notifier.transaction().run(() -> {
                for (Share share : shares) {
                    Group group = new Group(share.lane(), beganAt);
                    groups.add(group);
                    group.process(share.rest(), shift);
                    if (group.isLate()) {
                        break;
                    }
                }
                shift.demandWhole();
                moveCursors(groups);
            });
            groups.forEach(this::noteDone);
            return true;
        } catch (Throwable failure) {
            LOG.log(DEBUG, "A transaction of several lanes failed; they are repeated one by one", failure);
            shares.forEach(share -> {
                share.lane().keepApart();
                share.lane().schedule().signalPending();
            });
            return false;
        }
    }

    /** Only what a call is about can be at fault for its time-out. */
    private void failLast(List<Group> groups, Failure timeout) throws SQLException, LaneLost {
        if (groups.isEmpty()) {
            throw new SQLException("no commit: " + timeout);
        }
        fail(groups.get(groups.size() - 1), timeout);
    }

    private void noteDone(Group group) {
        group.lane.moveTo(group.upTo.position());
        report.outcomes().done(group.notified);
        report.waits().ended(WaitingWork.lane(group.claim), group::describeLast);
    }

    private void advance(Lane lane, List<Candidate> rest) throws LaneLost, SQLException {
        Group group = new Group(lane, System.nanoTime());
        group.lookAhead(rest);
        try (Watch.Shift shift = notifier.watch().begin(List.of(lane), timeout -> fail(group, timeout))) {
            notifier.transaction().run(() -> {
                group.process(rest, shift);
                moveCursor(group, group.upTo);
            });
            noteDone(group);
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

        long bytes() {
            return entry.body().map(body -> body.length).orElse(0);
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
        private final boolean external;
        private final boolean alone;
        private final long beganAt;
        private final List<LogEntry> processed = new ArrayList<>();
        /** Position of an event that is known to wait for no other; 0 for none. */
        private long first;

        private boolean unattempted;
        private int notified;
        private LogEntry upTo;

        /** @param beganAt when the transaction began */
        Group(Lane lane, long beganAt) {
            this.lane = lane;
            this.beganAt = beganAt;
            claim = lane.claim();
            passed = lane.passed();
            external = notifier.consumer().policy() == EventConsumer.Policy.EXTERNAL;
            alone = lane.isNextAlone() || external;
        }

        /**
         * An external consumer may take long, and must not hold a connection meanwhile: so that it is known before the
         * transaction whether its event waits for another. Only this lane's turns park events of the lane.
         */
        void lookAhead(List<Candidate> candidates) throws SQLException {
            if (!external || !lane.hasEventsParked()) {
                return;
            }
            Optional<LogEntry> next = candidates.stream()
                    .map(candidate -> candidate.entry)
                    .filter(notifier::mayWant)
                    .findFirst();
            if (next.isPresent() && !waits(next.get())) {
                first = next.get().position();
            }
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
                shift.turnTo(lane, notification.event().toString(), entry.position());
                long calledAt = System.nanoTime();
                notifier.notify(notification);
                notifier.watch().called(System.nanoTime() - calledAt);
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
            if (!lane.hasEventsParked() || entry.position() == first || !waits(entry)) {
                return false;
            }
            ledger.lanes().lock(claim); // else the one it waits behind could just be finishing
            return waits(entry);
        }

        private boolean waits(LogEntry entry) throws SQLException {
            Optional<String> resource = entry.attributes().orderingKey();
            return resource.isPresent() && ledger.parked().waits(claim.consumer(), resource.get());
        }

        private String describeLast() {
            return processed.isEmpty() ? "none was wanted" : Report.describe(last());
        }

        private LogEntry last() {
            return processed.get(processed.size() - 1);
        }

        private boolean isFull() {
            return !processed.isEmpty() && (alone || isLate());
        }

        private boolean isLate() {
            return System.nanoTime() - beganAt > GATHER_TIMEOUT.toNanos();
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
