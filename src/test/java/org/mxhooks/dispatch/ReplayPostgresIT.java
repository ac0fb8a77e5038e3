package org.mxhooks.dispatch;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class ReplayPostgresIT extends ReplaySuite {

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }
}
