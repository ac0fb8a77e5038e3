package org.mxhooks.dispatch.model;

import java.util.List;

/** A statement that a node sends to the database; runs as a whole or waits for a lock. */
public sealed interface Statement {

    /**
     * Looks for a parked head of the event's resource; if there is none, notifies the consumer, who writes its effect.
     */
    record Notify(int event, boolean alone) implements Statement {}

    /** Looks for a parked head of a resource whose event is suspected to kill nodes, and notifies nobody. */
    record Suspect(int event) implements Statement {}

    /** Moves the cursor from before {@code first} to {@code last}, and locks the lane's row. */
    record Advance(int first, int last) implements Statement {}

    /** Inserts a row, which is not due where there is a parked head of the resource. */
    record Insert(int event, ParkedRow row) implements Statement {}

    /** Inserts a row that is not due, unless there is no head to wait for any more. */
    record InsertBehind(int event) implements Statement {}

    /**
     * Counts an attempt before it is made, so that one that kills the node is counted.
     *
     * @param unended attempts whose node had died when the event was found due
     */
    record Begin(int event, int attempts, int unended) implements Statement {}

    /** Notifies the consumer of a parked event. */
    record Attempt(int event, int attempts) implements Statement {}

    record Delete(int event, int attempts) implements Statement {}

    /** Notes that an attempt failed. */
    record Failed(int event, int attempts, boolean dead) implements Statement {}

    /** Makes the next of the resource due. */
    record ReleaseNext(int event) implements Statement {}

    /** Demands the token, and locks the lane's row. */
    record Fence() implements Statement {}

    /**
     * @param ifTakenForFailure what the node does if it takes a commit without an answer for a failure of the consumer
     */
    record Commit(List<Statement> ifTakenForFailure) implements Statement {}
}
