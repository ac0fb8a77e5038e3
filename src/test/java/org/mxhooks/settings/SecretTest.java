package org.mxhooks.settings;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.CapturedLog;

class SecretTest {

    @TempDir
    private Path directory;

    private long nanos;

    @Test
    void aValueIsTakenAsItIs() {
        assertThat(Secret.of(" a secret\n").value()).isEqualTo(" a secret\n");
    }

    /** More of them in {@code SecretTextTest}. */
    @ParameterizedTest
    @CsvSource({"a, a", "a\\n, a", "a\\r\\n, a", "a\\n\\n, a", "\uFEFFa\\r\\n, a", "' a ', ' a '", "a\u2028, a\u2028"})
    void whatToolsPutAroundASecretInAFileIsNotPartOfIt(String content, String value) throws IOException {
        assertThat(Secret.in(file(content.translateEscapes())).value()).isEqualTo(value);
    }

    @Test
    void aFileInUtf16IsReadByItsByteOrderMark() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "an ümlaut\r\n", UTF_16);
        assertThat(Secret.in(file).value()).isEqualTo("an ümlaut");

        Files.writeString(file, "an ümlaut", UTF_16LE);
        assertThatThrownBy(() -> Secret.in(file)).isInstanceOf(IOException.class);
        Files.writeString(file, "ascii", UTF_16LE);
        assertThatThrownBy(() -> Secret.in(file)).hasMessageContaining("UTF-16 without a byte order mark");
    }

    @Test
    void aFileThatHoldsMoreThanASecretIsNotRead() throws IOException {
        Path file = file("a".repeat((64 << 10) + 1));
        assertThatThrownBy(() -> Secret.in(file)).hasMessageContaining("larger than 64 KiB");
        assertThatThrownBy(() -> Secret.in(Path.of("/dev/zero"))).hasMessageContaining("not a regular file");
    }

    /** As {@code cp -p}, rsync and a volume of Kubernetes change it; the size stays too. */
    @Test
    void aFileThatChangesWithoutANewTimeIsReadAgain() throws IOException {
        Path file = file("before");
        FileTime time = Files.getLastModifiedTime(file);
        Secret secret = read(file);

        Files.setLastModifiedTime(file("after!"), time);

        assertThat(secret.value()).isEqualTo("before");
        passASecond();
        assertThat(secret.value()).isEqualTo("after!");
    }

    @Test
    void aLinkThatLeadsToAnotherFileIsFollowed() throws IOException {
        Path link = Files.createSymbolicLink(
                directory.resolve("link"), Files.writeString(directory.resolve("one"), "before"));
        Secret secret = read(link);

        Path next = Files.createSymbolicLink(
                directory.resolve("next"), Files.writeString(directory.resolve("other"), "after"));
        Files.move(next, link, ATOMIC_MOVE);

        passASecond();
        assertThat(secret.value()).isEqualTo("after");
    }

    @Test
    void aFileThatChangesIsReadAgain() throws IOException {
        Secret secret = read(file("before"));
        assertThat(secret.value()).isEqualTo("before");

        String before = secret.fingerprint();
        try (CapturedLog log = new CapturedLog()) {
            Path file = file("after");
            passASecond();
            assertThat(secret.value()).isEqualTo("after");

            assertThat(log.lines())
                    .containsExactly("Secret file %s changed; fingerprint %s, before %s"
                            .formatted(file, secret.fingerprint(), before));
        }
    }

    @Test
    void theLastValueStandsWhileTheFileCannotBeRead() throws IOException {
        Secret secret = read(file("before"));

        Files.delete(directory.resolve("secret"));
        try (CapturedLog log = new CapturedLog()) {
            for (int second = 1; second <= 3; second++) {
                passASecond();
                assertThat(secret.value()).isEqualTo("before");
                assertThat(log.lines()).singleElement().asString().contains("its last value remains in use");
            }
        }

        file("after");
        passASecond();
        assertThat(secret.value()).isEqualTo("after");
    }

    @Test
    void theLastValueStandsWhileTheFileHoldsOneThatCannotBeUsed() throws IOException {
        Secret secret = read(file("good before")).requiring(value -> {
            if (!value.startsWith("good")) {
                throw new IllegalArgumentException("it is not good");
            }
        });
        try (CapturedLog log = new CapturedLog()) {
            Path file = file("bad");
            for (int second = 1; second <= 3; second++) {
                passASecond();
                assertThat(secret.value()).isEqualTo("good before");
            }
            assertThat(log.lines())
                    .containsExactly("Secret file %s cannot be used, its last value remains in use: it is not good"
                            .formatted(file));
        }

        file("good after");
        passASecond();
        assertThat(secret.value()).isEqualTo("good after");
        assertThatThrownBy(() -> secret.requiring(value -> {
                    throw new IllegalArgumentException("never good");
                }))
                .hasMessage("never good");
    }

    @Test
    void asTextItIsMasked() throws IOException {
        assertThat(Secret.of("a secret")).hasToString("****");
        assertThat(Secret.in(file("a secret"))).hasToString("****");
    }

    private Secret read(Path file) throws IOException {
        return Secret.in(file, () -> nanos);
    }

    private void passASecond() {
        nanos += Duration.ofSeconds(1).toNanos();
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("secret"), content);
    }
}
