package org.mxhooks.relay;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class SubscriptionTablesPostgresIT extends SubscriptionTablesSuite {

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }
}
