package org.mxhooks.privacy;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.TestDatabase;

class ErasureEmbeddedIT extends ErasureSuite {

    @TempDir
    static Path home;

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.h2(home);
    }
}
