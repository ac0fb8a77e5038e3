package org.mxhooks.alarms;

import java.nio.file.Path;
import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class AlarmEmbeddedIT extends AlarmSuite {

    @Override
    TestDatabase database(Path home) throws SQLException {
        return TestDatabase.h2(home);
    }
}
