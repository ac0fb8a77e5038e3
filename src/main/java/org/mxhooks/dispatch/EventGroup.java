package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxhooks.dispatch.Lane.Passed;
import org.mxhooks.inbox.LogEntry;

/**
 * The events of one lane that are processed in one transaction: as many as go into it, in their order. Each is
 * notified, or parked behind another of its resource, or parked because it may have killed nodes.
 */
final class EventGroup {

    /** An event that is slow is the last of its transaction, so that the server's time-out is about one event. */
    private static final Duration GATHER_TIMEOUT = Duration.ofMillis(50);

    private final Lane lane;
    private final Notifier notifier;
    private final Ledger ledger;
    private final RetryPolicy retry;
    private final LaneClaim claim;
    private final Optional<Passed> passed;
    private final boolean alone;
    private final long beganAt;
    private final List<LogEntry> processed = new ArrayList<>();

    /** Position of an event that is known to wait for no other; 0 for none. */
    private long first;

    /** Of the event that is being processed, or was the last. */
    private CallStage stage = CallStage.BEFORE;

    private int notified;
    private LogEntry upTo;

    /** When the consumer was notified last, in terms of {@link System#nanoTime}. */
    private long calledAt;

    /** @param beganAt when the transaction began, which other groups may share */
    EventGroup(Lane lane, Notifier notifier, Ledger ledger, RetryPolicy retry, long beganAt) {
        this.lane = lane;
        this.notifier = notifier;
        this.ledger = ledger;
        this.retry = retry;
        this.beganAt = beganAt;
        calledAt = beganAt;
        claim = lane.claim();
        passed = lane.passed();
        alone = lane.isNextAlone() || isExternal();
    }

    private boolean isExternal() {
        return notifier.consumer().policy() == EventConsumer.Policy.EXTERNAL;
    }

    Lane lane() {
        return lane;
    }

    LaneClaim claim() {
        return claim;
    }

    /** How many notifications it was about. */
    int notified() {
        return notified;
    }

    /** How many events it was about, with the one that is being processed. */
    int size() {
        return processed.size();
    }

    /** The event that is being processed, or was the last. */
    LogEntry last() {
        return processed.get(processed.size() - 1);
    }

    /** How long ago the consumer was notified last. */
    Duration sinceCalled() {
        return Duration.ofNanos(System.nanoTime() - calledAt);
    }

    /** Whether the consumer was asked to do nothing, so that it is not at fault. */
    boolean isInnocent() {
        return processed.isEmpty() || processed.size() == 1 && stage == CallStage.BEFORE;
    }

    /** Whether the consumer may be at fault for the failure of the transaction. */
    boolean isAtFault(Throwable failure) {
        return processed.size() > 1 || !processed.isEmpty() && stage.isConsumersFault(failure);
    }

    /** The move of the cursor over all that was processed. */
    Advance advance() {
        return advanceTo(upTo);
    }

    Advance advanceTo(LogEntry entry) {
        return new Advance(claim, passed, entry);
    }

    String describeLast() {
        return processed.isEmpty() ? "none was wanted" : Report.describe(last());
    }

    /**
     * An external consumer may take long, and must not hold a connection meanwhile: so that it is known before the
     * transaction whether its event waits for another. Only this lane's turns park events of the lane.
     */
    void lookAhead(List<Candidate> candidates) throws SQLException {
        if (!isExternal() || !lane.hasEventsParked()) {
            return;
        }
        Optional<LogEntry> next = candidates.stream()
                .filter(Candidate::mayBeWanted)
                .map(Candidate::entry)
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
            CallStage ofLast = stage;
            processed.add(candidate.entry());
            stage = CallStage.DURING; // so that it is at fault if it cannot even be decoded
            Optional<Notification> wanted = candidate.wanted();
            if (wanted.isPresent()) {
                stage = CallStage.BEFORE;
                process(candidate.entry(), wanted.get(), shift);
            } else {
                processed.remove(candidate.entry());
                stage = ofLast;
            }
            upTo = candidate.entry();
        }
    }

    private boolean isFull() {
        return !processed.isEmpty() && (alone || isLate());
    }

    /** Whether nothing more goes into the transaction. */
    boolean isLate() {
        return System.nanoTime() - beganAt > GATHER_TIMEOUT.toNanos();
    }

    private void process(LogEntry entry, Notification notification, Watch.Shift shift) throws Exception {
        if (waitsBehindAnother(entry)) {
            ledger.parked().parkBehind(claim, entry);
        } else if (claim.isSuspect()) {
            ledger.parkSuspect(lane, claim, entry, retry.delayAfter(1));
        } else {
            stage = CallStage.DURING;
            shift.turnTo(lane, notification.event().toString(), entry.position());
            calledAt = System.nanoTime();
            notifier.notify(notification);
            stage = CallStage.AFTER;
            notifier.watch().called(System.nanoTime() - calledAt);
            notified++;
        }
    }

    private boolean waitsBehindAnother(LogEntry entry) throws SQLException, LaneLost {
        if (!lane.hasEventsParked() || entry.position() == first || !waits(entry)) {
            return false;
        }
        ledger.lanes().lock(claim); // else the one it waits behind could just be finishing
        return waits(entry);
    }

    private boolean waits(LogEntry entry) throws SQLException {
        return ledger.parked().waits(claim.consumer(), entry);
    }
}
