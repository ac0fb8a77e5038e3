package org.mxhooks.dispatch;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class FailurePostgresIT extends FailureSuite {

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }
}
