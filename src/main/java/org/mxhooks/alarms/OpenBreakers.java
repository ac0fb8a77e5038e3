package org.mxhooks.alarms;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.mxhooks.event.OperatorAlert.Kind;
import org.mxhooks.relay.BreakerState.Phase;
import org.mxhooks.relay.Subscription;
import org.mxhooks.relay.Subscriptions;

/** Subscriptions whose circuit breaker is open, or half-open after it was. */
record OpenBreakers(Subscriptions subscriptions) implements AlarmCheck {

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.OPEN_BREAKER);
    }

    @Override
    public List<Condition> find() throws SQLException {
        return subscriptions.all().stream()
                .filter(subscription -> subscription.breaker().phase() != Phase.CLOSED)
                .map(OpenBreakers::condition)
                .toList();
    }

    private static Condition condition(Subscription subscription) {
        return new Condition(
                        Kind.OPEN_BREAKER,
                        subscription.content().name(),
                        "The subscriber of %s failed repeatedly and is called for probes only; its deliveries wait."
                                .formatted(subscription.content().name()),
                        "See why, and repair the subscriber. What waits is sent once it answers.")
                .withCommand("mxhooks subscriptions show " + subscription.id());
    }
}
