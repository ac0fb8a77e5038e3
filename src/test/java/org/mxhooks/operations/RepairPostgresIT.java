package org.mxhooks.operations;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class RepairPostgresIT extends RepairSuite {

    @Override
    protected TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }
}
