package org.mxhooks.dispatch;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class ModelReplayPostgresIT extends ModelReplaySuite {

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }
}
