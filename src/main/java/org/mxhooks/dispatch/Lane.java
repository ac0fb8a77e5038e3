package org.mxhooks.dispatch;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** How far a consumer has come in a lane that this node claimed, and what is known of the events there. */
final class Lane {

    private static final long NOWHERE = -1;

    private final LaneSchedule schedule = new LaneSchedule();
    private LaneClaim claim;
    private Optional<Passed> passed = Optional.empty();
    private long differedAt = NOWHERE;
    private boolean eventsParked;
    private long aloneUpTo;
    private boolean apart;

    /** When its cursor was moved last, in terms of {@link System#nanoTime}. */
    private long movedAt = System.nanoTime();

    /**
     * The last of the deliveries beyond the cursor that the consumer does not want. That is known here alone until the
     * cursor is written.
     */
    record Passed(long position, UUID delivery) {}

    /** @param eventsParked whether parked events of the lane are known of */
    Lane(LaneClaim claim, boolean eventsParked) {
        this.claim = claim;
        this.eventsParked = eventsParked;
    }

    /** The lane as the database has it after it was lost; what made a group of events fail is still known. */
    synchronized Lane readAgain(LaneClaim newClaim, boolean newEventsParked) {
        Lane again = new Lane(newClaim, newEventsParked);
        again.notifyAloneUpTo(aloneUpTo);
        return again;
    }

    /** When a worker is set to it. */
    LaneSchedule schedule() {
        return schedule;
    }

    synchronized LaneClaim claim() {
        return claim;
    }

    synchronized void moveTo(long position) {
        claim = claim.at(position);
        passed = passed.filter(last -> last.position() > position);
        apart = false;
        movedAt = System.nanoTime();
    }

    /** How long ago its cursor was moved last. */
    synchronized Duration sinceMoved(long nanoTime) {
        return Duration.ofNanos(nanoTime - movedAt);
    }

    /** Its next transaction is about no other lane: one of several lanes failed. */
    synchronized void keepApart() {
        apart = true;
    }

    synchronized boolean isApart() {
        return apart;
    }

    /** The consumer wants nothing up to there. */
    synchronized void passTo(Passed last) {
        passed = Optional.of(last);
    }

    /** What was passed beyond the cursor. */
    synchronized Optional<Passed> passed() {
        return passed;
    }

    /** Up to where the log was dealt with. */
    synchronized long position() {
        return passed.map(Passed::position).orElse(claim.position());
    }

    /**
     * Whether the database has another cursor than is known here, and had it when this was asked the last time already:
     * it came back older, or the answer to a commit was lost.
     */
    synchronized boolean disagreesWith(long cursor) {
        boolean differs = claim.position() != cursor;
        boolean still = differs && claim.position() == differedAt;
        differedAt = differs ? claim.position() : NOWHERE;
        return still;
    }

    /** The claim is no longer held against an event: there is none. */
    synchronized void resetClaims() {
        claim = claim.at(claim.position());
    }

    /** Whether parked events wait in the lane, so that later ones may have to wait behind them. */
    synchronized boolean hasEventsParked() {
        return eventsParked;
    }

    synchronized void setEventsParked(boolean parked) {
        eventsParked = parked;
    }

    /** Events up to there are notified one by one: one of them made the others fail. */
    synchronized void notifyAloneUpTo(long position) {
        aloneUpTo = Math.max(aloneUpTo, position);
    }

    /** Whether the next event has to be alone in its transaction. */
    synchronized boolean isNextAlone() {
        return claim.position() < aloneUpTo || claim.claims() > 0;
    }
}
