package org.mxhooks.process.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
    void takesNoSettingFromItsCaller() throws Exception {
        ProcessBuilder caller = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + HOMES + "=" + scratch,
                "-cp",
                System.getProperty("java.class.path"),
                CallerWithSettings.class.getName());
        caller.environment()
                .putAll(Map.of("MXHOOKS_HOME", "/x", "mxhooks_home", "/x", "mxhooks.home", "/x", "MXHOOKSHOP", "x"));
        Process process = caller.inheritIO().start();

        assertThat(process.onExit().orTimeout(1, TimeUnit.MINUTES).join().exitValue())
                .isZero();

        assertThat(Files.readString(scratch.resolve("logs/env-1.log")))
                .contains("MXHOOKSHOP=x\n", "MXHOOKS_RETENTION=P1D\n")
                .doesNotContainIgnoringCase("mxhooks_home", "mxhooks.home");
    }

    /** The build keeps settings from the JVM of the tests, so another one has them. */
    static final class CallerWithSettings {
        private CallerWithSettings() {}

        public static void main(String[] arguments) throws IOException {
            ServerProcess.start("env", List.of("env"), Map.of("MXHOOKS_RETENTION", "P1D"))
                    .awaitSuccess();
        }
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
