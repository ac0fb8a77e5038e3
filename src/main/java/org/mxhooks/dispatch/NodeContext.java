package org.mxhooks.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.transaction.UserTransaction;
import java.util.UUID;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.resilience.Turns;

/**
 * What a node's consumers share.
 *
 * @param id of the node, new with each start
 * @param inbox the log
 * @param sql on connections that join the thread's transaction
 * @param jta the server's transactions
 * @param turns in which they are notified
 * @param meters where outcomes are counted
 * @param callPermits of those that are asynchronous
 * @param callRecorder of their calls
 * @param callPace of their calls
 */
record NodeContext(
        UUID id,
        Inbox inbox,
        Sql sql,
        UserTransaction jta,
        Turns turns,
        MeterRegistry meters,
        CallPermits callPermits,
        CallRecorder callRecorder,
        CallPace callPace) {

    /** Of a node whose calls are recorded in JTA transactions. */
    NodeContext(UUID id, Inbox inbox, Sql sql, UserTransaction jta, Turns turns, MeterRegistry meters) {
        this(id, inbox, sql, jta, turns, meters, CallStores.inTransactions(id, inbox, sql, jta));
    }

    NodeContext(
            UUID id, Inbox inbox, Sql sql, UserTransaction jta, Turns turns, MeterRegistry meters, CallStore calls) {
        this(
                id,
                inbox,
                sql,
                jta,
                turns,
                meters,
                new CallPermits(),
                new CallRecorder(calls, turns),
                new CallPace(inbox::appendEffort, Runtime.getRuntime().availableProcessors(), System::nanoTime));
    }
}
