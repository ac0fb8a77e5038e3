package org.mxhooks.dispatch;

import java.util.Optional;
import org.mxhooks.inbox.LogEntry;

/** A delivery of a lane that a consumer may want, decoded once however often its transaction is repeated. */
final class Candidate {

    private final LogEntry entry;
    private final Notifier notifier;
    private Optional<Notification> wanted = Optional.empty();
    private boolean decided;

    Candidate(LogEntry entry, Notifier notifier) {
        this.entry = entry;
        this.notifier = notifier;
    }

    LogEntry entry() {
        return entry;
    }

    long position() {
        return entry.position();
    }

    long bytes() {
        return entry.body().map(body -> body.length).orElse(0);
    }

    boolean mayBeWanted() {
        return notifier.mayWant(entry);
    }

    /** The notification of it, if the consumer wants it. */
    Optional<Notification> wanted() {
        if (!decided) {
            wanted = notifier.wanted(entry, false);
            decided = true;
        }
        return wanted;
    }
}
