package org.mxhooks.operations;

/** Result of a request to replay one delivery to one consumer. */
public enum ReplayRequest {
    /** The consumer will be notified. */
    ACCEPTED,
    /** There is no such delivery. */
    UNKNOWN_DELIVERY,
    /** No consumer of that name is known. */
    UNKNOWN_CONSUMER,
    /** The body could not be decoded, so there is no event to notify of. */
    UNDECODABLE,
    /**
     * The consumer will be notified without a replay: its cursor is before the delivery, or an earlier event of the
     * resource is parked.
     */
    PENDING,
    /** The body was removed after the retention time. */
    BODY_REMOVED
}
