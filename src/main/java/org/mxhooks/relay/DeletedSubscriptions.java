package org.mxhooks.relay;

import java.sql.SQLException;
import java.util.UUID;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.Engine;

/** Removes what belongs to deleted subscriptions, after no node has their consumers any more. */
record DeletedSubscriptions(SubscriptionTable table, AttemptTable attempts, Engine engine, Transaction transaction) {

    private static final int MAX_REMOVED = 10_000;

    /** Where much belongs to them, a part of that each time, of all together, since dispatch waits meanwhile. */
    void remove() throws SQLException {
        int left = MAX_REMOVED;
        for (UUID id : table.deleted()) {
            String consumer = Subscription.consumer(id);
            if (!engine.isDeployed(consumer)) {
                left -= attempts.remove(id, left);
                left -= engine.clear(consumer, left);
                if (left <= 0) {
                    return;
                }
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
