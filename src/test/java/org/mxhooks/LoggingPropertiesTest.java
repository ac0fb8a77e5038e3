package org.mxhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A companion's author finds the companion in the log of Payara Micro. */
class LoggingPropertiesTest {

    private static final Path FILE = Path.of("server-config/payara-micro/logging.properties");

    private final Properties properties = new Properties();

    @BeforeEach
    void read() throws IOException {
        try (Reader file = Files.newBufferedReader(FILE)) {
            properties.load(file);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "com.example.StoryLog, INFO",
        "de.firma.stories, INFO",
        "org.mxhooks.dispatch.DispatchLoop, INFO",
        "com.sun.enterprise.server, WARNING",
        "javax.enterprise.system.core, WARNING",
        "org.glassfish.main, WARNING",
        "org.flywaydb.core.FlywayExecutor, WARNING"
    })
    void whateverPackageACompanionIsInItsInfoIsShown(String logger, String level) {
        assertThat(level(logger)).isEqualTo(level);
    }

    @Test
    void aLineHasDateLevelLoggerAndMessage() {
        String format = properties.getProperty("java.util.logging.SimpleFormatter.format");
        ZonedDateTime time = ZonedDateTime.parse("2026-05-04T10:00:00.123+02:00");

        assertThat(String.format(Locale.ROOT, format, time, "a.B c", "a.B", "INFO", "It is so.", ""))
                .isEqualToNormalizingNewlines("2026-05-04 10:00:00.123+0200 INFO    a.B: It is so.\n");
    }

    /** That of the nearest parent that has one. */
    private String level(String logger) {
        return Stream.iterate(logger, name -> !name.isEmpty(), name -> name.replaceFirst("\\.?[^.]*$", ""))
                .map(name -> properties.getProperty(name + ".level"))
                .filter(level -> level != null)
                .findFirst()
                .orElseGet(() -> properties.getProperty(".level"));
    }
}
