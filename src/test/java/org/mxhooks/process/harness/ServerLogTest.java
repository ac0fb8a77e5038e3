package org.mxhooks.process.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerLogTest {

    private static final String EARLIER = "21:02:07,659 INFO  [org.jboss.as] (main) WFLYSRV0049: WildFly starting\n";

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[31m21:02:19,699 ERROR [org.jboss.as.controller] (Boot) WFLYCTL0013: Operation (\"add\") failed",
                "\u001b[31m21:02:20,154 ERROR [org.jboss.as] (Boot) WFLYSRV0026: WildFly started (with errors) in 31600ms",
                "[\u0662\u0660] [] [\u001b[1;91mSEVERE\u001b[0m] [] [\u001b[1;94mjavax.enterprise.system.core\u001b[0m] [[",
                "2026-11-28 21:02:56.282+0000 SEVERE  javax.enterprise.system.core: Exception while loading the app"
            })
    void aStartWithErrorsIsReportedWithItsLines(String line) throws IOException {
        ServerLog log = log(EARLIER + line + "\nhttps: Address already in use\n");

        assertThat(log.failureSince(0))
                .hasValueSatisfying(report -> assertThat(report)
                        .startsWith(line)
                        .contains("Address already in use")
                        .doesNotContain("WFLYSRV0049"));
    }

    @Test
    void noOtherLineIsAFailure() throws IOException {
        assertThat(log(EARLIER
                                + "21:02:21,154 INFO  [org.jboss.as] (Boot) WFLYSRV0025: WildFly started in 11600ms\n"
                                + "2026-11-28 21:02:56.282+0000 SEVERE  org.example.Board: javax is missing\n"
                                + "2026-11-28 21:02:56.282+0000 INFO    javax.enterprise.system.core: loaded\n")
                        .failureSince(0))
                .isEmpty();
    }

    @Test
    void whatFailedBeforeIsNoFailureOfThisDeployment() throws IOException {
        ServerLog log = log("WFLYCTL0013: Operation failed\n");
        long before = log.size();
        Files.writeString(log.file(), "WFLYCTL0013: Operation failed\nWFLYSRV0010: Deployed\n");

        assertThat(log.failureSince(before)).isEmpty();
    }

    private ServerLog log(String text) throws IOException {
        return new ServerLog(Files.writeString(scratch.resolve("server.log"), text));
    }
}
