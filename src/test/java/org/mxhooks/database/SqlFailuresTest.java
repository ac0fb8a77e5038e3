package org.mxhooks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.RollbackException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlFailuresTest {

    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void open(@TempDir Path home) throws SQLException {
        database = TestDatabase.h2(home);
        connection = ReconnectingConnection.of(
                new Driver(database.settings(), SessionLimits.pool(Duration.ofMinutes(1))), new ConnectionLimit());
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table label (text varchar(10), constraint label_once unique (text))");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void areRememberedWhereTheExceptionWasCaught() throws SQLException {
        try (SqlFailures failures = SqlFailures.watch();
                PreparedStatement insert = connection.prepareStatement("insert into label values (?)")) {
            insert.setString(1, "one");
            insert.executeUpdate();
            assertThat(failures.last()).isEmpty();
            assertThatThrownBy(insert::executeUpdate).hasMessageContaining("label_once");

            assertThat(failures.last().orElseThrow().getMessage()).contains("label_once");
        }
    }

    @Test
    void areTheCauseRatherThanItsConsequence() {
        try (SqlFailures failures = SqlFailures.watch()) {
            SqlFailures.record(new SQLException("violated", "23505"));
            SqlFailures.record(new SQLException("current transaction is aborted", "25P02"));

            assertThat(failures.last().orElseThrow().getMessage()).isEqualTo("violated");
        }
    }

    @Test
    void areForgottenWhenTheirWriterHandledThem() throws Exception {
        Transaction transaction = new Transaction(database.transaction(), Duration.ofSeconds(20));

        assertThatThrownBy(() -> transaction.run(() -> {
                    SqlFailures.record(new SQLException("not to be had now", "55P03"));
                    transaction.demandCommittable();
                    throw new RollbackException("at the commit");
                }))
                .satisfies(failure -> assertThat(RootCause.all(failure)).noneMatch(SQLException.class::isInstance));
    }

    @Test
    void areThoseOfTheWatchingThreadAndTime() throws SQLException {
        SqlFailures.watch().close();
        assertThat(SqlFailures.isWatching()).isFalse();
        try (Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("nonsense")).isInstanceOf(SQLException.class);
        }
        try (SqlFailures failures = SqlFailures.watch()) {
            assertThat(failures.last()).isEmpty();
        }
    }
}
