package org.mxhooks.dispatch;

import java.sql.SQLException;
import org.mxhooks.database.Transaction;
import org.mxhooks.event.Consumer.From;

/** That this node has a consumer, for all nodes to see. */
final class Registration {

    private final EventConsumer consumer;
    private final NodeContext node;
    private final Transaction transaction;
    private final ConsumerTable consumers;

    Registration(EventConsumer consumer, NodeContext node, Transaction transaction) {
        this.consumer = consumer;
        this.node = node;
        this.transaction = transaction;
        consumers = new ConsumerTable(node.sql());
    }

    /**
     * Registers the consumer, with cursors where it begins, and this node; what is there already stays. An enlisted one
     * that has changed since its source was asked, or is just being changed, is left as it is, without this node.
     */
    void begin() throws Exception {
        transaction.run(() -> {
            if (!consumer.isEnlisted()) {
                long began = consumer.from() == From.END ? node.inbox().head() : 0;
                consumers.register(consumer.name(), began);
                consumers.join(consumer.name(), node.id());
            } else if (consumers.tryLock(consumer.name()) && consumer.isCurrent()) {
                consumers.join(consumer.name(), node.id());
            }
        });
    }

    /** This node no longer has the consumer. */
    void end() throws SQLException {
        consumers.leave(consumer.name(), node.id());
    }
}
