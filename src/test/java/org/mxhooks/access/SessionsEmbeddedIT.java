package org.mxhooks.access;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class SessionsEmbeddedIT extends SessionsSuite {

    @Override
    protected TestDatabase database() throws SQLException {
        return TestDatabase.h2(directory);
    }
}
