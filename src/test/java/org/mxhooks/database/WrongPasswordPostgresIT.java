package org.mxhooks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.settings.DatabaseSettings;
import org.mxhooks.settings.Secret;

@Tag("persistence")
class WrongPasswordPostgresIT {

    @TempDir
    private Path data;

    private EmbeddedPostgres postgres;

    @BeforeEach
    void startOneThatAsksForPasswords() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("lc_messages", "C")
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role mxhooks login password 'right'");
            Files.writeString(data.resolve("pg_hba.conf"), "host all all all scram-sha-256\n");
            statement.execute("select pg_reload_conf()");
        }
    }

    @AfterEach
    void stop() throws IOException {
        postgres.close();
    }

    @Test
    void isReportedWithTheUserAndTheSettings() {
        await().until(() -> catchThrowable(() -> connect("wrong-but-secret")) != null);

        assertThat(catchThrowable(() -> connect("wrong-but-secret")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("mxhooks.database.url, .user and .password")
                .hasMessageContaining("password authentication failed for user \"mxhooks\"")
                .message()
                .doesNotContain("wrong-but-secret");
        assertThat(catchThrowable(() -> connect("right"))).isNull();
    }

    private void connect(String password) throws SQLException {
        DatabaseSettings settings = new DatabaseSettings(
                postgres.getJdbcUrl("postgres", "postgres").replaceAll("\\?.*", ""),
                Optional.of("mxhooks"),
                Optional.of(Secret.of(password)),
                false);
        new Driver(settings, SessionLimits.WRITER).connect().close();
    }
}
