package org.mxhooks.dispatch;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.TestDatabase;

class UncountedFailureEmbeddedIT extends UncountedFailureSuite {

    @TempDir
    Path home;

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.h2(home.resolve(UUID.randomUUID().toString()));
    }
}
