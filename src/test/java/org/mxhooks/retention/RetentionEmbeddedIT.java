package org.mxhooks.retention;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.TestDatabase;

class RetentionEmbeddedIT extends RetentionSuite {

    @TempDir
    Path home;

    @Override
    protected TestDatabase database() throws SQLException {
        return TestDatabase.h2(home);
    }
}
