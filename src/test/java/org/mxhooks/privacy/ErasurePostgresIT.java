package org.mxhooks.privacy;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class ErasurePostgresIT extends ErasureSuite {

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }
}
