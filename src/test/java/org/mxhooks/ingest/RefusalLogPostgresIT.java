package org.mxhooks.ingest;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class RefusalLogPostgresIT extends RefusalLogSuite {

    @Override
    protected TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }

    @Override
    protected String series() {
        return "generate_series(1, 3000)";
    }
}
