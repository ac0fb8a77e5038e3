package org.mxhooks.orders;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class WorkOrdersPostgresIT extends WorkOrdersSuite {

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }
}
