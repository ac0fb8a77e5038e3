package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.DEBUG;
import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.mxhooks.database.RootCause;
import org.mxhooks.dispatch.WaitLog.WaitingWork;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.inbox.Inbox;

/**
 * Notifies a consumer of what lanes have beyond their cursors. Several events share a transaction as long as that
 * succeeds and does not take long; where it fails they are repeated one by one, so that the one at fault is found. What
 * fails is parked and the cursor moves on.
 */
final class PendingWorker {

    private static final System.Logger LOG = System.getLogger(PendingWorker.class.getName());

    /** No further lane is read for a transaction that has so many events. */
    private static final int MAX_SHARED = 128;

    private final LaneReader reader;
    private final Notifier notifier;
    private final UnwantedDeliveries unwanted;
    private final Ledger ledger;
    private final LaneCursors cursors;
    private final RetryPolicy retry;
    private final Report report;
    private final GroupFailure failures;

    /** Whether the last transaction of several lanes had as many events as go into one. */
    private volatile boolean full;

    /** Whether the last transaction of several lanes took as long as one may. */
    private volatile boolean late;

    PendingWorker(Inbox inbox, Notifier notifier, Ledger ledger, RetryPolicy retry, Report report) {
        reader = new LaneReader(inbox, notifier.consumer());
        this.notifier = notifier;
        this.ledger = ledger;
        this.retry = retry;
        this.report = report;
        unwanted = new UnwantedDeliveries(notifier);
        cursors = new LaneCursors(inbox, ledger.lanes());
        failures = new GroupFailure(cursors, ledger, retry, report);
    }

    /**
     * Processes the next deliveries of a lane; returns whether there may be more.
     *
     * @param over whether no further transaction is to begin
     */
    boolean work(Lane lane, BooleanSupplier over) throws SQLException, LaneLost {
        LaneReader.LanePiece read = reader.read(lane, LaneReader.MAX_READ);
        if (read.isEnd()) {
            LaneReader.settle(lane, ledger.lanes());
        }
        for (List<Candidate> rest = pass(lane, candidates(read)); !rest.isEmpty(); rest = pass(lane, rest)) {
            if (lane.schedule().isPaused() || over.getAsBoolean()) {
                lane.schedule().signalPending(); // of what is left
                return false;
            }
            advance(lane, rest);
        }
        return !read.isEnd();
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
        AtomicBoolean anyUnreadable = new AtomicBoolean();
        int events = 0;
        long bytes = 0;
        for (Lane lane : longestWaitingFirst(lanes)) {
            boolean enough = isFull(events, bytes);
            LaneReader.LanePiece read = enough ? LaneReader.LanePiece.NOT_READ : readOrLeave(lane, anyUnreadable);
            Share share = new Share(lane, pass(lane, candidates(read)));
            if (!share.rest().isEmpty()) {
                shares.add(share);
            }
            if (!read.isEnd()) {
                lane.schedule().signalPending();
            }
            events += share.rest().size();
            bytes += share.rest().stream().mapToLong(Candidate::bytes).sum();
        }
        full = isFull(events, bytes);
        return shares.isEmpty() || advanceTogether(shares, held);
    }

    /**
     * The others go on without a lane that is lost, or cannot be read: that is tried again in a turn of its own.
     *
     * @param anyUnreadable whether another one could not be read: then the cause is not one lane's
     */
    private LaneReader.LanePiece readOrLeave(Lane lane, AtomicBoolean anyUnreadable) throws SQLException {
        try {
            return reader.read(lane, LaneReader.MAX_READ);
        } catch (LaneLost e) {
            LOG.log(DEBUG, e.getMessage());
            lane.schedule().lose();
        } catch (SQLException | RuntimeException | Error e) {
            if (RootCause.ofConnection(e).isPresent()) {
                throw e;
            }
            lane.keepApart();
            if (anyUnreadable.getAndSet(true)) {
                throw e;
            }
            LOG.log(DEBUG, "A lane could not be read together with others; it is read alone", e);
        }
        return LaneReader.LanePiece.NOT_READ;
    }

    /** Else one that has much to do, by calls that take long, would take every transaction. */
    private static List<Lane> longestWaitingFirst(List<Lane> lanes) {
        long now = System.nanoTime();
        return lanes.stream()
                .sorted(comparing((Lane lane) -> lane.sinceMoved(now)).reversed())
                .toList();
    }

    private static boolean isFull(int events, long bytes) {
        return events >= MAX_SHARED || bytes >= LaneReader.MAX_BYTES;
    }

    /** Whether the last transaction of several lanes had all that goes into one, so that there may be more to do. */
    boolean isBehind() {
        return full || late;
    }

    private List<Candidate> candidates(LaneReader.LanePiece read) {
        return read.entries().stream()
                .map(entry -> new Candidate(entry, notifier))
                .toList();
    }

    /** What is left behind the lane's position, from the first that the consumer may want. */
    private List<Candidate> pass(Lane lane, List<Candidate> candidates) {
        long position = lane.position();
        return candidates.stream()
                .filter(candidate -> candidate.position() > position)
                .dropWhile(candidate -> unwanted.pass(lane, candidate.entry()))
                .toList();
    }

    private void advance(Lane lane, List<Candidate> rest) throws LaneLost, SQLException {
        EventGroup group = new EventGroup(lane, notifier, ledger, retry, System.nanoTime());
        group.lookAhead(rest);
        try (Watch.Shift shift = notifier.watch().begin(List.of(lane), timeout -> failures.handle(group, timeout))) {
            notifier.transaction().run(() -> {
                group.process(rest, shift);
                cursors.move(group.advance());
            });
            noteDone(group);
        } catch (LaneLost e) {
            throw e;
        } catch (Throwable failure) {
            failures.handle(group, failure);
        }
    }

    /** What is to be processed of one of several lanes. */
    private record Share(Lane lane, List<Candidate> rest) {}

    private boolean advanceTogether(List<Share> shares, List<Lane> held) {
        List<EventGroup> groups = new ArrayList<>();
        try (Watch.Shift shift = notifier.watch().begin(held, timeout -> failLast(groups, timeout))) {
            notifier.transaction().run(() -> {
                process(shares, groups, shift);
                shift.demandWhole();
                cursors.move(inOrder(groups));
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

    /** In which their rows are locked, so that two nodes that both believe to have them do not deadlock on these. */
    private static List<Advance> inOrder(List<EventGroup> groups) {
        return groups.stream()
                .map(EventGroup::advance)
                .sorted(comparingInt(advance -> advance.claim().lane()))
                .toList();
    }

    /** @param groups where those that were begun are added */
    private void process(List<Share> shares, List<EventGroup> groups, Watch.Shift shift) throws Exception {
        announce(shares);
        long beganAt = System.nanoTime(); // the announcement is about all of them, so it takes no event's time
        for (Share share : shares) {
            EventGroup group = new EventGroup(share.lane(), notifier, ledger, retry, beganAt);
            groups.add(group);
            group.process(share.rest(), shift);
            if (group.isLate()) {
                late = true;
                return;
            }
        }
        late = false;
    }

    private void announce(List<Share> shares) throws Exception {
        if (!notifier.consumer().expects()) {
            return;
        }
        List<WebhookEvent> events = shares.stream()
                .flatMap(share -> share.rest().stream())
                .flatMap(candidate -> candidate.wanted().stream())
                .map(Notification::event)
                .toList();
        if (events.size() > 1) {
            long calledAt = System.nanoTime();
            notifier.expect(events);
            notifier.watch().called(System.nanoTime() - calledAt);
        }
    }

    /** Only what a call is about can be at fault for its time-out. */
    private void failLast(List<EventGroup> groups, Failure timeout) throws SQLException, LaneLost {
        if (groups.isEmpty()) {
            throw new SQLException("no commit: " + timeout);
        }
        failures.handle(groups.get(groups.size() - 1), timeout);
    }

    private void noteDone(EventGroup group) {
        group.lane().moveTo(group.advance().to().position());
        report.outcomes().done(group.notified());
        report.waits().ended(WaitingWork.lane(group.claim()), group::describeLast);
    }
}
