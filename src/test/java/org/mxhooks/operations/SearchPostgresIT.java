package org.mxhooks.operations;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class SearchPostgresIT extends SearchSuite {

    @Override
    protected TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }
}
