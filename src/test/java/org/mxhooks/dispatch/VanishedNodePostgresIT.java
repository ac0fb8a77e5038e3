package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.TestDatabase;

/** Sessions that outlive their node, because it stands still or lost its network, with all that they have locked. */
@Tag("persistence")
class VanishedNodePostgresIT extends DispatchFixture {

    private final UUID vanished = UUID.randomUUID();
    private TestDatabase postgres;

    @Override
    TestDatabase database() throws SQLException {
        postgres = TestDatabase.postgres();
        return postgres;
    }

    @Test
    void itsSessionsEndWhenItsLanesAreTakenOver() throws Exception {
        arrive(1, "waits");
        ownAllLanes("gone");
        try (Connection ofVanished = sessionOf(vanished);
                Connection ofNobody = sessionOf(UUID.randomUUID())) {
            ofVanished.setAutoCommit(false);
            run(ofVanished, "update mxhooks.lane set token = token");

            EffectLog consumer = consumer("gone");
            node(consumer);

            eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
            assertThat(ofVanished.isValid(5)).isFalse();
            assertThat(ofNobody.isValid(5)).isTrue();
        }
    }

    @Test
    void aNodeThatLivesKeepsItsSessions() throws Exception {
        ownAllLanes("kept");
        execute("update mxhooks.node set lease_until = current_timestamp + interval '15' second");
        execute("update mxhooks.lane set owner = null where lane < 16");
        try (Connection ofLiving = sessionOf(vanished)) {
            node(consumer("kept"));

            eventually().until(() -> !sql().exists("select 1 from mxhooks.lane where owner is null"));
            assertThat(ofLiving.isValid(5)).isTrue();
        }
    }

    /** As a node that registered the consumer and has not renewed its lease since. */
    private void ownAllLanes(String consumer) throws SQLException {
        execute("insert into mxhooks.consumer (name, registered_at) values ('" + consumer + "', current_timestamp)");
        execute("insert into mxhooks.node (id, started_at, lease_until) values ('" + vanished
                + "', current_timestamp, current_timestamp - interval '1' second)");
        execute("insert into mxhooks.node_consumer (consumer, node) values ('" + consumer + "', '" + vanished + "')");
        execute("insert into mxhooks.lane (consumer, lane, cursor, token, owner) select '" + consumer + "', n, 0, 1, '"
                + vanished + "' from generate_series(0, 31) as n");
    }

    private Connection sessionOf(UUID node) throws SQLException {
        Connection connection = DriverManager.getConnection(
                postgres.settings().url(), postgres.settings().user().orElseThrow(), null);
        run(connection, "set application_name = 'mxhooks:" + node + "'");
        return connection;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
