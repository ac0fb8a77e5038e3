package org.mxhooks.ingest;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.TestDatabase;

class RefusalLogEmbeddedIT extends RefusalLogSuite {

    @TempDir
    Path home;

    @Override
    protected TestDatabase database() throws SQLException {
        return TestDatabase.h2(home);
    }

    @Override
    protected String series() {
        return "system_range(1, 3000)";
    }
}
