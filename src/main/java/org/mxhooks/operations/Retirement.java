package org.mxhooks.operations;

/** Result of a request to retire a consumer. */
public sealed interface Retirement {

    /**
     * The consumer is deleted.
     *
     * @param dropped its unfinished work and dead letters, deleted with it
     */
    record Retired(Backlog dropped) implements Retirement {}

    /** No consumer of that name is known. */
    record Unknown() implements Retirement {}

    /** A running node has the consumer; nothing was changed. */
    record StillDeployed() implements Retirement {}
}
