package org.mxhooks.inbox;

import java.util.UUID;

/** What became of an arrival. */
public sealed interface Receipt {

    /** It is new, and on disk. */
    record Accepted(UUID delivery) implements Receipt {}

    /**
     * It was on disk already, as that delivery.
     *
     * @param sameBody whether that delivery has the same body
     */
    record Duplicate(UUID delivery, boolean sameBody) implements Receipt {

        public Duplicate(UUID delivery) {
            this(delivery, true);
        }
    }

    /**
     * It could not be kept now; or it was kept, but the database failed before it answered. Sending it again is safe.
     */
    record Unavailable(String reason) implements Receipt {}
}
