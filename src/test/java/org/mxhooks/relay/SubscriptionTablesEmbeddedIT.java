package org.mxhooks.relay;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class SubscriptionTablesEmbeddedIT extends SubscriptionTablesSuite {

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.h2(home);
    }
}
