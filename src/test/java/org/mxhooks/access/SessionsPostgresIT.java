package org.mxhooks.access;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class SessionsPostgresIT extends SessionsSuite {

    @Override
    protected TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }
}
