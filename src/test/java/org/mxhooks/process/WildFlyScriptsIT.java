package org.mxhooks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.WildFlyConfiguration;
import org.mxhooks.process.harness.WildFly;

@Tag("process")
class WildFlyScriptsIT {

    @TempDir
    private Path base;

    @ParameterizedTest
    @CsvSource({"mxhooks.cli, standalone.xml", "mxhooks.cli, standalone-full.xml", "artemis.cli, standalone-full.xml"})
    void changeNothingWhenTheyAreRunAgain(String script, String configuration) throws IOException {
        WildFlyConfiguration.copyTo(base);
        String stock = read(configuration);
        WildFly.configure(base, script);
        String configured = read(configuration);
        WildFly.configure(base, script);

        assertThat(configured).isNotEqualTo(stock);
        assertThat(read(configuration)).isEqualTo(configured);
    }

    private String read(String configuration) throws IOException {
        return Files.readString(base.resolve("configuration").resolve(configuration));
    }
}
