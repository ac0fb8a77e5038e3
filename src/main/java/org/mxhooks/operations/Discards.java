package org.mxhooks.operations;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.DeliverySummary;
import org.mxhooks.inbox.Inbox;

/**
 * Discards dead letters: they are no longer listed, counted or replayed by reason, and no longer keep their bodies from
 * retention. That they were discarded stays known, so that they do not count as done.
 */
record Discards(Transaction transaction, Inbox inbox, Engine engine) {

    /**
     * Discards the dead letters of a delivery, all or a consumer's; returns how many there were.
     *
     * @param by the user who ordered it
     */
    int ofDelivery(UUID delivery, Optional<String> consumer, String by, Optional<String> note) throws Exception {
        Optional<DeliverySummary> kept = inbox.summary(delivery);
        int[] discarded = new int[1];
        if (kept.isPresent()) {
            transaction.run(() -> discarded[0] = discard(kept.get(), consumer, by, note));
        }
        return discarded[0];
    }

    private int discard(DeliverySummary kept, Optional<String> consumer, String by, Optional<String> note)
            throws Exception {
        List<Long> position = List.of(kept.position());
        inbox.lock(position); // as retention and replays do
        List<String> owners = consumer.isPresent() ? List.of(consumer.get()) : engine.withDeadLetter(kept.position());
        int discarded = kept.isUndecodable() && consumer.isEmpty() ? engine.discardUndecodable(position, by, note) : 0;
        for (String owner : owners) {
            discarded += engine.discard(owner, position, by, note);
        }
        return discarded;
    }
}
