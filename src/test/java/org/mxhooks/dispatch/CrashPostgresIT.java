package org.mxhooks.dispatch;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class CrashPostgresIT extends CrashSuite {

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }
}
