package org.mxhooks.privacy;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class AppExportPostgresIT extends AppExportSuite {

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }
}
