package org.mxhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and inputs that do not end. */
@EnabledOnOs(OS.LINUX)
class EndlessInputTest {

    private static final String ENDLESS = "/dev/zero";

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        shell = new Shell(home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign - --secret-file", "send story-created --secret-file", "consumers --password-file"})
    void aSecretHasALimit(String command) {
        assertThat(shell.run((command + " " + ENDLESS).split(" "))).isEqualTo(2);
        assertThat(shell.err()).contains("larger than 64 KiB").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign", "verify", "send"})
    void aBodyHasALimit(String command) throws IOException {
        assertThat(shell.run(command, ENDLESS)).isEqualTo(2);
        assertThat(shell.err()).contains("larger than 65 MiB").hasLineCount(1);

        try (InputStream endless = new EndlessInput()) {
            assertThat(shell.reading(endless).run(command, "-")).isEqualTo(2);
        }
        assertThat(shell.err()).contains("larger than 65 MiB").hasLineCount(1);
    }

    @Test
    void aLineHasALimit() throws IOException {
        try (InputStream endless = new EndlessInput();
                Receiver server = new Receiver()) {
            server.answers(200, "{\"consumer\":\"a\"}");
            shell.at(80).reading(endless);

            assertThat(shell.run("consumers", "retire", "a", "--url", server.application()))
                    .isEqualTo(1);
            assertThat(shell.err()).contains("not retired");
            assertThat(server.lines()).containsExactly("GET /api/v1/consumers/a");
        }
    }

    private static final class EndlessInput extends InputStream {
        @Override
        public int read() {
            return 'x';
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            Arrays.fill(bytes, offset, offset + length, (byte) 'x');
            return length;
        }
    }
}
