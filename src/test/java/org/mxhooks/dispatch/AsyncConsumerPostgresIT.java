package org.mxhooks.dispatch;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class AsyncConsumerPostgresIT extends AsyncConsumerSuite {

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }
}
