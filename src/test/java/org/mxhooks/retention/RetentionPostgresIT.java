package org.mxhooks.retention;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class RetentionPostgresIT extends RetentionSuite {

    @Override
    protected TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }
}
