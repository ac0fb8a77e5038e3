package org.mxhooks.dispatch;

import org.mxhooks.inbox.LogEntry;

/**
 * How notifications of a consumer end, for people: the log and the meters.
 *
 * @param waits which lanes and parked events the consumer asked to retry later
 * @param outcomes counts
 */
record Report(WaitLog waits, Outcomes outcomes) {

    /** A delivery as lines of the log name it. */
    static String describe(LogEntry entry) {
        return "delivery %s (%s)"
                .formatted(
                        entry.delivery(),
                        entry.attributes()
                                .orderingKey()
                                .orElse(entry.attributes().category()));
    }
}
