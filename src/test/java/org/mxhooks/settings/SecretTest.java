package org.mxhooks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.CapturedLog;

class SecretTest {

    @TempDir
    private Path directory;

    @Test
    void aValueIsTakenAsItIs() {
        assertThat(Secret.of(" a secret\n").value()).isEqualTo(" a secret\n");
    }

    @ParameterizedTest
    @CsvSource({"a, a", "a\\n, a", "a\\r\\n, a", "a\\n\\n, a\\n", "a\\r, a\\r", "' a ', ' a '", "a\u2028, a\u2028"})
    void oneLineBreakAtTheEndOfAFileIsNotPartOfIt(String content, String value) throws IOException {
        assertThat(Secret.in(file(content.translateEscapes())).value()).isEqualTo(value.translateEscapes());
    }

    @Test
    void aFileThatChangesIsReadAgain() throws IOException {
        Secret secret = Secret.in(file("before"));
        assertThat(secret.value()).isEqualTo("before");

        file("after");

        await().untilAsserted(() -> assertThat(secret.value()).isEqualTo("after"));
    }

    @Test
    void theLastValueStandsWhileTheFileCannotBeRead() throws IOException {
        Secret secret = Secret.in(file("before"));

        Files.delete(directory.resolve("secret"));
        try (CapturedLog log = new CapturedLog()) {
            await().untilAsserted(() -> {
                assertThat(secret.value()).isEqualTo("before");
                assertThat(log.lines()).anyMatch(line -> line.contains("its last value stays in use"));
            });
            assertThat(secret.value()).isEqualTo("before");
        }

        file("after");
        await().untilAsserted(() -> assertThat(secret.value()).isEqualTo("after"));
    }

    @Test
    void asTextItIsMasked() throws IOException {
        assertThat(Secret.of("a secret")).hasToString("****");
        assertThat(Secret.in(file("a secret"))).hasToString("****");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("secret"), content);
    }
}
