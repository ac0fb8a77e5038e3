package org.mxhooks.dispatch;

import java.util.Optional;
import org.mxhooks.dispatch.AsyncConsumer.StoredRow;

/** A call that has succeeded. */
interface RecordableCall {

    /** The move of the cursor over its delivery. */
    Advance over();

    Optional<StoredRow> row();

    /** It is recorded; must not wait. */
    void recorded();

    /** It is not recorded, and has to be alone; must not wait. */
    void unrecorded();
}
