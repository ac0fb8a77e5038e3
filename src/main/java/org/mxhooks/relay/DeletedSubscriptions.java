package org.mxhooks.relay;

import java.sql.SQLException;
import java.util.UUID;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.Engine;

/** Removes what belongs to deleted subscriptions, after no node has their consumers any more. */
record DeletedSubscriptions(SubscriptionTable table, AttemptTable attempts, Engine engine, Transaction transaction) {

    private static final int MAX_REMOVED = 10_000;

    /** Where much belongs to one, a part of that each time, since dispatch waits meanwhile. */
    void remove() throws SQLException {
        for (UUID id : table.deleted()) {
            String consumer = Subscription.consumer(id);
            if (!engine.isDeployed(consumer)
                    && attempts.remove(id, MAX_REMOVED) < MAX_REMOVED
                    && engine.clear(consumer, MAX_REMOVED) < MAX_REMOVED) {
                remove(id, consumer);
            }
        }
    }

    private void remove(UUID id, String consumer) throws SQLException {
        try {
            transaction.run(() -> {
                boolean deployedAgain = engine.lock(consumer) && engine.isDeployed(consumer);
                if (!deployedAgain) {
                    engine.retire(consumer);
                    table.delete(id);
                }
            });
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new SQLException("subscription %s was not removed".formatted(id), e);
        }
    }
}
