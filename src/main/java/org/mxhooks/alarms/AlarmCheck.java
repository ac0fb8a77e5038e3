package org.mxhooks.alarms;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.mxhooks.event.OperatorAlert.Kind;

/** Finds what is wrong of some kinds. */
interface AlarmCheck {

    /** The kinds that it alone finds. */
    Set<Kind> kinds();

    /** For how long something has to be found no more before its alarm ends. */
    default Duration hold() {
        return Duration.ZERO;
    }

    /**
     * Everything of these kinds that is wrong now.
     *
     * @throws Exception if that cannot be found out; nothing follows from it
     */
    List<Condition> find() throws Exception;
}
