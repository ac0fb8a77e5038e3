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
        assertThat(commands.curl()).as("for a terminal").matches("[^\\p{Cc}]*([\\n\\t][^\\p{Cc}]*)*");
        assertThat(received(commands.mxhooks("projects"))).isEqualTo(body.getBytes(UTF_8));
    }

    @Test
    void aLongBodyIsReadFromItsFile() {
        String longest = "x".repeat(16_384);

        assertThat(curl(List.of(), longest)).startsWith("printf '%s' " + longest);
        assertThat(curl(List.of(), longest + "x")).startsWith("< body-1 curl").doesNotContain("xxx");
    }

    private static String curl(List<Line> headers, String body) {
        return new SendAgain(APPLICATION, "default", headers, body.getBytes(UTF_8), "body-1").curl();
    }

    @Test
    void onlyWhatIsSignedAndNotMaskedIsSentWithIt() {
        List<Line> headers = List.of(
                new Line("MxAPI-Signature", "ab'c="),
                new Line("Content-Type", "application/json"),
                new Line("Authorization", "****"),
                new Line("webhook-signature", "****"),
                new Line("Host", "elsewhere"));

        assertThat(curl(headers, "{}"))
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
