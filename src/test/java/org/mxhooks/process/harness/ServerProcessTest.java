package org.mxhooks.process.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

    private static final String HOMES = "homes";

    @TempDir
    private Path scratch;

    private String homes;

    @BeforeEach
    void writeLogsHere() {
        homes = System.setProperty(HOMES, scratch.toString());
    }

    @AfterEach
    void restore() {
        if (homes == null) {
            System.clearProperty(HOMES);
        } else {
            System.setProperty(HOMES, homes);
        }
    }

    @Test
    void endsWithItsChildrenAlsoWhereItWasStopped() throws Exception {
        ServerProcess process = ServerProcess.start("script", List.of("sh", "-c", "sleep 300 & wait"), Map.of());
        process.await(
                () -> ProcessHandle.of(process.pid())
                        .filter(handle -> handle.info().commandLine().orElse("").contains("sleep 300"))
                        .isPresent(),
                0);
        ProcessHandle child = ProcessHandle.of(process.pid()).orElseThrow();
        process.pause();

        process.close();

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void takesNoSettingFromItsCaller() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "MXHOOKS_HOME", "/x", "mxhooks_home", "/x", "mxhooks.home", "/x", "MXHOOKSHOP", "x", "PATH", "x"));

        ServerProcess.removeSettings(environment);

        assertThat(environment).containsOnlyKeys("MXHOOKSHOP", "PATH");
    }

    @Test
    void failsAtOnceWhenItReportsAFailedStart() throws IOException {
        assertFails("echo 'WFLYSRV0026: started (with errors)'; sleep 300", "WFLYSRV0026: started (with errors)");
    }

    @Test
    void failsAtOnceWhenItEnds() throws IOException {
        assertFails("echo 'no such file'; exit 3", "ended with status 3", "no such file");
    }

    private static void assertFails(String script, String... report) throws IOException {
        try (ServerProcess process = ServerProcess.start("script", List.of("sh", "-c", script), Map.of())) {
            assertThatThrownBy(() -> process.await(() -> false, 0))
                    .isInstanceOf(StartFailure.class)
                    .satisfies(failure -> assertThat(failure.getMessage()).contains(report));
        }
    }

    @Test
    void eachHasALogOfItsOwn() throws IOException {
        Files.createDirectories(scratch.resolve("logs"));
        ServerLog one = ServerLog.fresh("server");
        Files.writeString(one.file(), "of the first");

        ServerLog other = ServerLog.fresh("server");

        assertThat(other).isNotEqualTo(one);
        assertThat(other.text()).isEmpty();
    }
}
