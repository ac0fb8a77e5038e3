package org.mxhooks.alarms;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.mxhooks.event.OperatorAlert.Kind;
import org.mxhooks.operations.Operations;

/** Consumers that have dead letters. */
record DeadLetterCheck(Operations operations) implements AlarmCheck {

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.DEAD_LETTERS);
    }

    @Override
    public List<Condition> find() throws SQLException {
        return operations.consumersWithDeadLetters().stream()
                .map(consumer -> new Condition(
                        Kind.DEAD_LETTERS,
                        consumer,
                        "Consumer %s has dead letters: events that it failed on for good.".formatted(consumer),
                        "See why (mxhooks dead --consumer %s), repair the cause, then replay or discard them."
                                .formatted(consumer)))
                .toList();
    }
}
