package org.mxhooks.alarms;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mxhooks.event.OperatorAlert.Kind;
import org.mxhooks.operations.Operations;

/** Consumers that have dead letters. */
record DeadLetterCheck(Operations operations, SubscriptionNames subscriptions) implements AlarmCheck {

    /** The names of subscriptions by the names of their consumers. */
    interface SubscriptionNames {
        Map<String, String> read() throws SQLException;
    }

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.DEAD_LETTERS);
    }

    @Override
    public List<Condition> find() throws SQLException {
        Map<String, String> names = subscriptions.read();
        return operations.consumersWithDeadLetters().stream()
                .map(consumer -> new Condition(
                                Kind.DEAD_LETTERS,
                                consumer,
                                "%s has dead letters: events that it failed on for good."
                                        .formatted(
                                                names.containsKey(consumer)
                                                        ? "Subscription " + names.get(consumer)
                                                        : "Consumer " + consumer),
                                "See why, repair the cause, then replay or discard them.")
                        .withCommand("mxhooks dead --consumer " + consumer))
                .toList();
    }
}
