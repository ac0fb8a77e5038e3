package org.mxhooks.testkit;

import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.dispatch.EventConsumer;
import org.mxhooks.dispatch.SteppedConsumer;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.operations.ConsumerState;
import org.mxhooks.operations.Operations;

/** A node that runs step by step on the calling thread. */
final class SteppedNode {

    private final Operations operations;
    private final List<NotedConsumer> consumers = new ArrayList<>();
    private final List<SteppedConsumer> steps = new ArrayList<>();

    /** @param dataSource whose connections join the transaction */
    SteppedNode(Collection<? extends EventConsumer> deployed, DataSource dataSource, UserTransaction jta, Inbox inbox)
            throws Exception {
        operations = Operations.of(dataSource, jta, inbox, Engine.of(dataSource));
        UUID node = UUID.randomUUID();
        for (EventConsumer consumer : deployed) {
            NotedConsumer noted = new NotedConsumer(consumer);
            consumers.add(noted);
            steps.add(new SteppedConsumer(node, noted, dataSource, jta, inbox));
        }
    }

    /** The names of all consumers. */
    List<String> consumers() {
        return consumers.stream().map(NotedConsumer::name).sorted().toList();
    }

    /** The number of times that a consumer was notified of a delivery, whatever the outcome. */
    int notifications(String consumer, UUID delivery) {
        return (int) consumers.stream()
                .filter(noted -> noted.name().equals(consumer))
                .flatMap(noted -> noted.notified().stream())
                .filter(delivery::equals)
                .count();
    }

    /** As {@link Operations#states}. */
    List<ConsumerState> states(UUID delivery) throws SQLException {
        return operations.states(delivery);
    }

    /** Notifies every consumer of its pending events, except in lanes that wait after {@code TryLater}. */
    void notifyOfPending() throws Exception {
        for (SteppedConsumer consumer : steps) {
            consumer.notifyOfPending();
        }
    }

    /** Skips all delays and pauses, and retries once every event that waited for them. */
    void skipDelays() throws Exception {
        for (SteppedConsumer consumer : steps) {
            consumer.skipDelays();
        }
    }

    /** Replays a delivery as an operator does. */
    void replay(UUID delivery, String consumer) throws Exception {
        operations.replay(delivery, consumer);
        for (SteppedConsumer each : steps) {
            each.retryDue();
        }
    }
}
