package org.mxhooks.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.Properties;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * JPA providers bind instants as {@code Timestamp}, with a calendar or without; the session's zone here is one with a
 * double hour.
 */
class InstantsTest {

    private static final Calendar UTC = Calendar.getInstance(TimeZone.getTimeZone("UTC"));

    private Connection connection;

    private interface Binding {
        void bind(PreparedStatement statement, Timestamp timestamp) throws SQLException;
    }

    @BeforeEach
    void open() throws SQLException {
        connection = new EmbeddedDriver()
                .connect("jdbc:h2:mem:;MODE=PostgreSQL;TIME ZONE=Europe/Amsterdam", new Properties());
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table moment (at timestamp with time zone, wall timestamp)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-10-26T00:30:00.500Z",
                "2025-10-26T01:30:00.500Z",
                "2026-03-29T01:30:00.123456Z",
                "1850-01-01T00:00:00Z",
                "0001-01-01T00:00:00Z"
            })
    void areKeptHoweverTheyAreBound(Instant instant) throws SQLException {
        assertThat(kept(instant, (statement, timestamp) -> statement.setTimestamp(1, timestamp)))
                .isEqualTo(instant);
        assertThat(kept(instant, (statement, timestamp) -> statement.setTimestamp(1, timestamp, UTC)))
                .isEqualTo(instant);
        assertThat(kept(instant, (statement, timestamp) -> statement.setObject(1, timestamp)))
                .isEqualTo(instant);
        assertThat(kept(
                        instant,
                        (statement, timestamp) -> statement.setObject(1, timestamp, Types.TIMESTAMP_WITH_TIMEZONE)))
                .isEqualTo(instant);
    }

    @Test
    void areFoundByACondition() throws SQLException {
        Instant instant = Instant.parse("2025-10-26T01:30:00.500Z");
        insert(instant, (statement, timestamp) -> statement.setTimestamp(1, timestamp));

        try (PreparedStatement select = connection.prepareStatement("select count(*) from moment where at = ?")) {
            select.setTimestamp(1, Timestamp.from(instant), UTC);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                assertThat(row.getInt(1)).isOne();
            }
        }
    }

    @Test
    void ofACalendarAreKeptAsItsTimeWhereTheColumnHasNoZone() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into moment (wall) values (?)")) {
            insert.setTimestamp(1, Timestamp.from(Instant.parse("2026-03-02T12:00:00Z")), UTC);
            insert.executeUpdate();
        }

        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select cast(wall as varchar) from moment")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("2026-03-02 12:00:00");
        }
    }

    private void insert(Instant instant, Binding binding) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into moment (at) values (?)")) {
            binding.bind(insert, Timestamp.from(instant));
            insert.executeUpdate();
        }
    }

    private Instant kept(Instant instant, Binding binding) throws SQLException {
        insert(instant, binding);
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select at from moment")) {
            row.next();
            assertThat(row.getTimestamp(1).toInstant()).isEqualTo(instant);
            Instant kept = row.getObject(1, OffsetDateTime.class).toInstant();
            select.execute("delete from moment");
            return kept;
        }
    }
}
