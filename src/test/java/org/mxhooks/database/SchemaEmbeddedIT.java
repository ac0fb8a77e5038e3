package org.mxhooks.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    /** H2 commits each statement of a migration, so a process that is killed leaves those that it executed. */
    @Test
    void createsTheTablesAnewWhereAStartWasKilledWhileItDid() throws SQLException {
        database.migrated();
        List<String> complete = tables();
        rows("drop table mxhooks.work_order, mxhooks.undecodable");
        rows("delete from mxhooks.flyway_schema_history where \"version\" is not null");

        database.migrated();

        assertThat(tables()).isEqualTo(complete);
        assertThat(database.database().isUnsuitable()).isFalse();
    }

    private List<String> tables() throws SQLException {
        return rows("select table_name from information_schema.tables where table_schema = 'mxhooks' order by 1");
    }
}
