package org.mxhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units of {@code server-config/systemd}, read by systemd's own tool, with programs that this machine has. */
@EnabledIf(value = "isInstalled", disabledReason = "systemd-analyze is not installed")
class SystemdUnitsTest {

    private static final Path TOOL = Path.of("/usr/bin/systemd-analyze");

    /** From 0, no access to anything, to 100, everything of root's. */
    private static final String MAX_EXPOSURE = "20";

    @TempDir
    private Path directory;

    static boolean isInstalled() {
        return Files.isExecutable(TOOL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mxhooks-payara-micro.service", "mxhooks-wildfly.service"})
    void areAccepted(String unit) throws Exception {
        assertThat(analyze("verify", "--man=no", installable(unit))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mxhooks-payara-micro.service", "mxhooks-wildfly.service"})
    void exposeLittleOfTheSystem(String unit) throws Exception {
        assertThat(analyze("security", "--offline=yes", "--threshold=" + MAX_EXPOSURE, installable(unit)))
                .contains("Overall exposure level for " + unit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mxhooks-payara-micro.service", "mxhooks-wildfly.service"})
    void receiveSecretsAsFiles(String unit) throws IOException {
        assertThat(Files.readString(Path.of("server-config/systemd", unit)))
                .contains("LoadCredential=database.password:", "MXHOOKS_DATABASE_PASSWORD_FILE=%d/database.password")
                .contains("LoadCredential=endpoint.secret:", "MXHOOKS_ENDPOINT_DEFAULT_SECRET_FILE=%d/endpoint.secret")
                .contains("LoadCredential=operator.password:", "MXHOOKS_OPERATOR_PASSWORD_FILE=%d/operator.password")
                .contains("LoadCredential=relay.key:", "MXHOOKS_RELAY_KEY_FILE=%d/relay.key");
    }

    private String installable(String unit) throws IOException {
        String text = Files.readString(Path.of("server-config/systemd", unit));
        Path copy = directory.resolve(unit);
        Files.writeString(
                copy,
                text.replace(
                                "/usr/bin/java ",
                                ProcessHandle.current().info().command().orElseThrow() + " ")
                        .replace("/opt/wildfly/bin/standalone.sh ", "/bin/sh "));
        return copy.toString();
    }

    /** What the tool prints; it must succeed. */
    private static String analyze(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(TOOL.toString()));
        command.addAll(List.of(arguments));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(tool.getInputStream().readAllBytes(), UTF_8);
        assertThat(tool.waitFor()).as(output).isZero();
        return output;
    }
}
