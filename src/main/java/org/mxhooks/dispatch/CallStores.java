package org.mxhooks.dispatch;

import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.UUID;
import org.mxhooks.database.Database;
import org.mxhooks.database.OwnSession;
import org.mxhooks.database.Sql;
import org.mxhooks.database.Transaction;
import org.mxhooks.inbox.Inbox;

/** Makes what records the calls of a node. */
final class CallStores {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private CallStores() {}

    /** On PostgreSQL by a statement on a connection of its own, on H2 in a transaction. */
    static CallStore of(Database database, UUID node, Inbox inbox, Sql sql, UserTransaction jta) {
        return database.isEmbedded()
                ? inTransactions(node, inbox, sql, jta)
                : new StatementCallStore(OwnSession.planningOnce(database));
    }

    /** On any database. */
    static CallStore inTransactions(UUID node, Inbox inbox, Sql sql, UserTransaction jta) {
        return new TransactionCallStore(inbox, sql, new LaneTable(sql, node), new Transaction(jta, TIMEOUT));
    }
}
