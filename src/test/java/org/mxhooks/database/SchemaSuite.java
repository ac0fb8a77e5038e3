package org.mxhooks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a start does to the schema of every supported database. */
@Tag("persistence")
abstract class SchemaSuite {

    TestDatabase database;

    abstract TestDatabase empty() throws SQLException;

    /** The end of the message that refuses a schema. */
    abstract String remedy();

    @BeforeEach
    void open() throws SQLException {
        database = empty();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void createsTheTablesOnce() throws SQLException {
        database.migrated();
        database.migrated();

        assertThat(rows("select table_name from information_schema.tables where table_schema = 'mxhooks'"))
                .containsExactlyInAnyOrder(
                        "alarm",
                        "alarm_round",
                        "activity",
                        "alert",
                        "alert_version",
                        "body",
                        "console_session",
                        "console_used_sign_in",
                        "consumer",
                        "delivery",
                        "discarded",
                        "erasure_memory",
                        "flyway_schema_history",
                        "lane",
                        "lane_count",
                        "log_head",
                        "node",
                        "node_consumer",
                        "package",
                        "parked",
                        "payload_sample",
                        "push",
                        "push_story",
                        "refused_request",
                        "relay_attempt",
                        "relay_breaker",
                        "retained_body",
                        "retention",
                        "sprint",
                        "sprint_version",
                        "story",
                        "story_version",
                        "subscription",
                        "undecodable",
                        "work_order");
        assertThat(rows("select \"version\" from mxhooks.flyway_schema_history where \"version\" is not null"))
                .containsExactly("1");
        assertThat(database.database().isUnsuitable()).isFalse();
    }

    /** Made by a build before the first release. */
    @Test
    void refusesTheSchemaOfAnEarlierBuildAndNamesTheRemedy() throws SQLException {
        migrateToEarlierSchema();

        assertThatThrownBy(database::migrated)
                .isInstanceOf(UnsuitableDatabase.class)
                .hasMessageContaining("the database of mxhooks.database.url")
                .hasMessageEndingWith(remedy());
        assertThat(database.database().isUnsuitable()).isTrue();
        assertThat(database.database().isOpen()).isFalse();
        assertThat(rows("select position from mxhooks.inbox_head")).containsExactly("17");

        rows("drop schema mxhooks cascade");
        database.migrated();
        assertThat(database.database().isUnsuitable()).isFalse();
    }

    /** A node of this release then works with it. */
    @Test
    void executesAMigrationAgainThatStoppedInTheMiddle() throws SQLException {
        Schema next = nextRelease();
        next.migrate();
        rows("drop table mxhooks.next_release");
        rows("update mxhooks.flyway_schema_history set \"success\" = false where \"version\" = '1000'");
        rows("delete from mxhooks.flyway_schema_history where \"version\" = '1001'");

        next.migrate();

        assertThat(rows("select id from mxhooks.next_release")).isEmpty();
        assertThat(rows("select \"version\" from mxhooks.flyway_schema_history where \"success\""))
                .contains("1", "1000", "1001");
        database.migrated();
    }

    @Test
    void leavesTheTablesOfAnotherProgramAlone() throws SQLException {
        rows("create schema mxhooks");
        rows("create table mxhooks.flights (id integer)");

        assertThatThrownBy(database::migrated)
                .isInstanceOf(UnsuitableDatabase.class)
                .hasMessageContaining("tables that mxhooks did not create")
                .hasMessageNotContaining("drop");
        assertThat(rows("select id from mxhooks.flights")).isEmpty();
    }

    /** Also what failed there. */
    @Test
    void leavesTheMigrationsOfAnotherProgramAlone() throws SQLException {
        migrateToEarlierSchema();
        rows(
                "insert into mxhooks.flyway_schema_history select 99, '99', 'flights', 'SQL', 'V99__flights.sql', null,"
                        + " \"installed_by\", \"installed_on\", 1, false from mxhooks.flyway_schema_history where \"version\" = '1'");

        assertThatThrownBy(database::migrated).isInstanceOf(UnsuitableDatabase.class);
        assertThat(rows("select \"version\" from mxhooks.flyway_schema_history where not \"success\""))
                .containsExactly("99");
    }

    private void migrateToEarlierSchema() {
        Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:earlier-schema")
                .schemas("mxhooks")
                .load()
                .migrate();
    }

    final Schema nextRelease() {
        return new Schema(
                new Driver(database.settings(), SessionLimits.MIGRATION),
                database.database().isEmbedded(),
                Schema.MIGRATIONS,
                "classpath:later-schema");
    }

    final List<String> rows(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            List<String> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                try (ResultSet results = statement.getResultSet()) {
                    while (results.next()) {
                        rows.add(results.getString(1));
                    }
                }
            }
            return rows;
        }
    }
}
