package org.mxhooks.operations;

import java.util.Locale;

/** What a consumer is doing, in one word: the first that applies. */
public enum ConsumerStatus {
    /** No running node has it. */
    NOT_DEPLOYED,
    /** An operator stopped its notifications. */
    PAUSED,
    /** It asked to be notified later, or is a subscription whose subscriber is not called. */
    WAITING,
    /** Some of its events are parked. */
    RETRYING,
    /** It has dead letters, and is notified. */
    DEAD_LETTERS,
    /** It is notified. */
    RUNNING;

    /** As in the API: {@code not-deployed}, for example. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
