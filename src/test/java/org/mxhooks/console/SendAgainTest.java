package org.mxhooks.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.console.ShownHeaders.Line;

/** The commands that a page offers, in a shell in which {@code curl} and {@code mxhooks} say what they got. */
@EnabledOnOs(OS.LINUX)
class SendAgainTest {

    private static final String APPLICATION = "http://127.0.0.1:8080/mxhooks";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"it's $(id) `id` \\\\ %s %d !! \\n\"}",
                "line one\nline two\n",
                "' ' '",
                "\u0007 is no text for a command",
                "\u00fcber – \ud83d\ude00"
            })
    void theBodyArrivesByteForByte(String body) throws Exception {
        Files.write(directory.resolve("body-1"), body.getBytes(UTF_8));
        SendAgain commands = new SendAgain(APPLICATION, "default", List.of(), body.getBytes(UTF_8), "body-1");

        assertThat(received(commands.curl())).isEqualTo(body.getBytes(UTF_8));
        assertThat(received(commands.mxhooks("projects"))).isEqualTo(body.getBytes(UTF_8));
    }

    @Test
    void onlyWhatIsSignedAndNotMaskedIsSentWithIt() {
        List<Line> headers = List.of(
                new Line("MxAPI-Signature", "ab'c="),
                new Line("Content-Type", "application/json"),
                new Line("Authorization", "****"),
                new Line("Host", "elsewhere"));

        String curl = new SendAgain(APPLICATION, "default", headers, "{}".getBytes(UTF_8), "body-1").curl();

        assertThat(curl)
                .isEqualTo("printf '%s' '{}' | curl -sS --data-binary @- -H 'MxAPI-Signature: ab'\\''c='"
                        + " -H 'Content-Type: application/json' http://127.0.0.1:8080/mxhooks/hooks/default");
    }

    private byte[] received(String command) throws IOException, InterruptedException {
        Path file = directory.resolve("received");
        Process shell = new ProcessBuilder(
                        "sh", "-c", "curl() { cat > received; }; mxhooks() { cat > received; }; " + command)
                .directory(directory.toFile())
                .start();
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readAllBytes(file);
    }
}
