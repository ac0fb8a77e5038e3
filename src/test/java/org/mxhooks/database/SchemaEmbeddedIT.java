package org.mxhooks.database;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

class SchemaEmbeddedIT extends SchemaSuite {

    @TempDir
    Path home;

    @Override
    TestDatabase empty() throws SQLException {
        return TestDatabase.h2(home);
    }

    @Override
    String remedy() {
        return "stop mxhooks and remove mxhooks.mv.db from mxhooks.home";
    }
}
