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
 */
record NodeContext(UUID id, Inbox inbox, Sql sql, UserTransaction jta, Turns turns, MeterRegistry meters) {}
