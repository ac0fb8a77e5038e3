package org.mxhooks.dispatch.model;

/** A condition of the protocol that is left out, to see that it is needed and that the model can fail. */
public enum Weakness {
    ADVANCE_WITHOUT_TOKEN,
    ADVANCE_WITHOUT_POSITION,
    /** The cursor is compared with the last event of the transaction instead of the first. */
    ADVANCE_COMPARES_LAST,
    PARKED_THEN_ADVANCED,
    ADVANCED_THEN_PARKED,
    HEADS_NOT_LOOKED_FOR,
    /** An event is parked behind a head that was seen before the lane's row was locked. */
    HEAD_SEEN_BEFORE_LOCK,
    /** Where parking behind a head fails, the event is parked as if its consumer had failed. */
    BEHIND_TAKEN_FOR_FAILURE,
    /** An event is parked where a statement failed, which the consumer did not send. */
    DATABASE_TAKEN_FOR_CONSUMER,
    /** A node goes on from where a transaction that failed would have moved the cursor. */
    POSITION_OF_THE_FAILED,
    /** What is parked is due, though another of its resource may be parked before it. */
    PARKED_WITHOUT_LOOKING,
    NOBODY_SUSPECTED,
    /** An event that is suspected to kill is due at once although an earlier one of its resource is parked. */
    SUSPECT_OVERTAKES_HEAD,
    /** An event that is suspected to kill is given one attempt instead of two. */
    SUSPECT_HAS_ONE_ATTEMPT,
    /** Several events share a transaction also where the lane was claimed again at the same cursor. */
    BATCH_AFTER_CLAIMED_AGAIN,
    ATTEMPT_NOT_COUNTED,
    /** Beginning, success and failure of an attempt do not ask whether another was begun. */
    ATTEMPTS_NOT_COMPARED,
    DELETE_OF_NOTHING_IS_FINE,
    RETRY_WITHOUT_FENCE,
    FAILURE_WITHOUT_FENCE,
    NEXT_NOT_RELEASED,
    /** The next of the resource is looked for before the lane's row is locked. */
    NEXT_RELEASED_BEFORE_LOCK
}
