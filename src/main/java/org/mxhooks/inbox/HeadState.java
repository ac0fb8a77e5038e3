package org.mxhooks.inbox;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the log had when an append had locked its head.
 *
 * @param last the last delivery of the log by its position; none if the log was empty
 * @param now by the database's clock
 * @param known deliveries that were accepted before, by their identities; may be added to, once what is new is placed
 */
record HeadState(Map<Long, UUID> last, Instant now, Map<ByteBuffer, Known> known) {

    /** Those that are not known, in their order, at the positions behind the last. */
    List<PlacedRow> place(List<LogRow> rows) {
        long position = last.keySet().stream().findFirst().orElse(0L);
        List<PlacedRow> placed = new ArrayList<>();
        for (LogRow row : rows) {
            if (!known.containsKey(row.identity())) {
                placed.add(new PlacedRow(++position, row));
            }
        }
        return placed;
    }

    /** What was appended is known from then on. */
    void add(LogRow appended) {
        known.put(appended.identity(), new Known(appended.delivery(), appended.bodyHash()));
    }

    /** What came of a row whose identity is known. */
    Receipt receipt(LogRow row) {
        return known.get(row.identity()).receipt(row);
    }

    /** A delivery that was accepted before, with the hash of its body; null where the identity is the body's. */
    record Known(UUID delivery, byte[] bodyHash) {

        /** A row that is known by its own id was committed by an append whose answer was lost. */
        Receipt receipt(LogRow repeated) {
            return delivery.equals(repeated.delivery())
                    ? new Receipt.Accepted(delivery)
                    : new Receipt.Duplicate(delivery, Arrays.equals(bodyHash, repeated.bodyHash()));
        }
    }
}
