package org.mxhooks.database;

import java.sql.SQLException;

class SchemaPostgresIT extends SchemaSuite {

    @Override
    TestDatabase empty() throws SQLException {
        return TestDatabase.postgres();
    }

    @Override
    String remedy() {
        return "stop all nodes and execute: drop schema mxhooks cascade";
    }
}
