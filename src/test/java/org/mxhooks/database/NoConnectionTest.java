package org.mxhooks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.settings.Secret;
import org.mxhooks.settings.Settings;

class NoConnectionTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://nowhere.invalid/mxhooks, UnknownHostException: nowhere.invalid",
        "jdbc:postgresql://127.0.0.1:1/mxhooks, 127.0.0.1:1 refused"
    })
    void tellsTheSettingsAndTheCauseAndNoPassword(String url, String cause) {
        Settings.Database settings =
                new Settings.Database(url, Optional.of("mxhooks"), Optional.of(Secret.of("never-shown")), false);
        Driver driver = new Driver(settings, Duration.ofSeconds(5), Duration.ofSeconds(5));

        assertThatThrownBy(driver::connect)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("mxhooks.database.url, .user and .password")
                .hasMessageContaining(cause)
                .satisfies(fault ->
                        assertThat(((SQLException) fault).getSQLState()).startsWith("08"))
                .message()
                .doesNotContain("never-shown");
    }
}
