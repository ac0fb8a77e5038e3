package org.mxhooks.dispatch;

import java.util.UUID;
import org.mxhooks.database.Transaction;

/**
 * One consumer on one node: who keeps its state, and who notifies it.
 *
 * @param registration which nodes have it
 * @param ledger its cursors and parked events
 * @param watch over its notifications
 * @param waits what it asked to retry later
 * @param unwanted passes what it does not want
 * @param pending notifies it of what is beyond its cursors
 * @param retries notifies it again of what is parked
 * @param failures what becomes of events that it failed on
 * @param retry for how long and how often they are retried
 * @param report how its notifications end
 * @param suspension whether no further notification is started
 */
record ConsumerWork(
        Registration registration,
        Ledger ledger,
        Watch watch,
        WaitLog waits,
        UnwantedDeliveries unwanted,
        PendingWorker pending,
        RetryWorker retries,
        GroupFailure failures,
        RetryPolicy retry,
        Report report,
        Suspension suspension) {

    static ConsumerWork of(NodeContext node, Limits limits, EventConsumer consumer) {
        UUID id = node.id();
        Transaction transaction = new Transaction(node.jta(), limits.transaction());
        Ledger ledger = new Ledger(
                new LaneTable(node.sql(), id),
                new ParkedTable(node.sql(), id, consumer instanceof AsyncConsumer),
                new ParkedLanes(node.sql()),
                transaction);
        Watch watch = new Watch(consumer.name(), limits.consumer(), limits.interrupts(), node.turns());
        Notifier notifier = new Notifier(consumer, transaction, watch);
        WaitLog waits = new WaitLog(consumer.name(), System::nanoTime);
        RetryPolicy retry = consumer.retryFor().map(RetryPolicy::lasting).orElse(limits.retry());
        Report report = new Report(waits, new Outcomes(consumer.name(), node.meters()));
        return new ConsumerWork(
                new Registration(consumer, node, transaction),
                ledger,
                watch,
                waits,
                new UnwantedDeliveries(notifier),
                new PendingWorker(node.inbox(), notifier, ledger, retry, report),
                new RetryWorker(node.inbox(), notifier, ledger, retry, report),
                new GroupFailure(new LaneCursors(node.inbox(), ledger.lanes()), ledger, retry, report),
                retry,
                report,
                new Suspension());
    }
}
