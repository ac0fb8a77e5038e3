package org.mxhooks.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.dispatch.EffectLog.Effect;
import org.mxhooks.inbox.Arrival;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.Receipt;
import org.mxhooks.journey.Body;

/**
 * A database of each earlier schema, with deliveries that a consumer has before it, is brought up to date and worked
 * on.
 */
@ParameterizedClass
@ValueSource(strings = "1")
@Tag("persistence")
abstract class UpgradeSuite extends DispatchFixture {

    private static final String CONSUMER = "board";
    private static final long STORY = 7;
    private static final List<Long> POSITIONS = List.of(1L, 2L, 3L);

    @Parameter
    String schema;

    abstract TestDatabase empty() throws SQLException;

    @Override
    final TestDatabase database() throws SQLException {
        TestDatabase database = empty();
        Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:org/mxhooks/database")
                .schemas("mxhooks")
                .target(schema)
                .load()
                .migrate();
        try (Connection connection = database.dataSource().getConnection()) {
            fill(connection);
        }
        return database;
    }

    /** As a node of that time left it: the consumer has dealt with the first. */
    private void fill(Connection connection) throws SQLException {
        int lane = Arrivals.laneOf(Arrivals.story(STORY, ""));
        for (long position : POSITIONS) {
            String body = Body.of("story-updated.json")
                    .story(STORY)
                    .named("version " + position)
                    .text();
            execute(
                    connection,
                    """
                    insert into mxhooks.delivery (position, delivery, endpoint, scheme, identity, received_at, lane, category,
                        action, app_id, resource_type, resource_id)
                    values (?, ?, 'default', 'projects', ?, current_timestamp, ?, 'stories', 'updated', 'app', 'story', ?)""",
                    position,
                    deliveryAt(position),
                    Arrivals.identityInLog(arrival(position)),
                    lane,
                    Long.toString(STORY));
            execute(
                    connection,
                    "insert into mxhooks.body (position, headers, bytes) values (?, '{}', ?)",
                    position,
                    body.getBytes(UTF_8));
        }
        execute(
                connection,
                "insert into mxhooks.consumer (name, registered_at) values (?, current_timestamp)",
                CONSUMER);
        for (int each = 0; each < 32; each++) {
            execute(
                    connection,
                    "insert into mxhooks.lane (consumer, lane, cursor, token) values (?, ?, ?, 4)",
                    CONSUMER,
                    each,
                    each == lane ? 1 : 0);
        }
    }

    private static Arrival arrival(long position) {
        return Arrivals.withIdentity(Arrivals.story(STORY, "again"), "body " + position);
    }

    private static UUID deliveryAt(long position) {
        return new UUID(0, position);
    }

    private static void execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    @Test
    void theConsumerGoesOnWhereItStood() throws SQLException {
        EffectLog consumer = consumer(CONSUMER);

        node(consumer);

        eventually()
                .untilAsserted(() -> assertThat(consumer.effects())
                        .extracting(Effect::position)
                        .containsExactly(2L, 3L));
        UUID next = arrive(STORY, "version 4");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(3));
        assertThat(next).isNotIn(deliveryAt(1), deliveryAt(2), deliveryAt(3));
        assertOnceAndInOrder(consumer);
    }

    @Test
    void whatIsPendingIsCountedFromItsCursor() throws SQLException {
        assertThat(operator().backlogs())
                .singleElement()
                .satisfies(backlog -> assertThat(backlog.pending()).isEqualTo(2));
    }

    @Test
    void aBodySeenBeforeIsADuplicate() {
        assertThat(receiptOf(arrival(2))).isEqualTo(new Receipt.Duplicate(deliveryAt(2)));
    }
}
