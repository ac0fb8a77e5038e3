package org.mxhooks.dispatch;

import java.sql.SQLException;
import org.mxhooks.database.TestDatabase;

class AsyncConsumerPostgresIT extends AsyncConsumerSuite {

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }

    @Override
    long recordings(int inJta) throws SQLException {
        return sql().first("select count(distinct xmin::text) from effect", row -> row.getLong(1))
                .orElseThrow();
    }
}
