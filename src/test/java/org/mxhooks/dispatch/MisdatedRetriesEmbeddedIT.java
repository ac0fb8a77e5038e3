package org.mxhooks.dispatch;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.TestDatabase;

class MisdatedRetriesEmbeddedIT extends MisdatedRetriesSuite {

    @TempDir
    Path home;

    @Override
    protected TestDatabase database() throws SQLException {
        return TestDatabase.h2(home);
    }
}
