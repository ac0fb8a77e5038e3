package org.mxhooks.dispatch;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.dispatch.Lane.Passed;
import org.mxhooks.inbox.LogEntry;

/**
 * A move of a lane's cursor.
 *
 * @param claim the lane, where its cursor stands
 * @param passed what was passed in memory alone when the move was decided on
 * @param to the delivery that the cursor moves to
 */
record Advance(LaneClaim claim, Optional<Passed> passed, LogEntry to) {

    /** Adds the deliveries that it takes for granted, by their positions. */
    void addBelieved(Map<Long, UUID> believed) {
        believed.put(to.position(), to.delivery());
        passed.ifPresent(last -> believed.put(last.position(), last.delivery()));
    }
}
