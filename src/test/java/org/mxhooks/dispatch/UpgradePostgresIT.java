package org.mxhooks.dispatch;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class UpgradePostgresIT extends UpgradeSuite {

    @Override
    TestDatabase empty() throws SQLException {
        return TestDatabase.postgres();
    }
}
