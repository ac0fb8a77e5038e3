package org.mxhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A secret in the wrong place of a command line is in no message: neither an argument nor a file's content is repeated.
 */
class NothingRepeatedTest {

    private static final String TYPED = "S3cr3t-of-the-portal";

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        shell = new Shell(home);
    }

    static List<List<String>> misused() {
        return List.of(
                List.of("sign", "-", "--secret-file", TYPED),
                List.of("sign", "-", "--secret-file", "/" + TYPED + "/+="),
                List.of("sign", "-", "--secret-file", TYPED + "\0"),
                List.of("sign", "-", "--secret-file", "x", "--secret-file", TYPED),
                List.of("sign", "-", TYPED),
                List.of("sign", "-", "--secret", TYPED),
                List.of("sign", "-", "--secret=" + TYPED),
                List.of("sign", "-", "--" + TYPED),
                List.of("sign", "-", "-" + TYPED),
                List.of("sign", "-", "--key-derivation", TYPED),
                List.of("sign", "-", "--key-derivation"),
                List.of("send", "story-updated", "--url", "http://" + TYPED + "@127.0.0.1/"),
                List.of("send", "story-updated", "--url", "http://127.0.0.1:1/hooks?code=" + TYPED),
                List.of("send", "story-updated", "--url", "http://u:" + TYPED + "@127.0.0.1 /"),
                List.of("send", "story-updated", "--count", TYPED),
                List.of("send", "story-updated", "--rate", TYPED),
                List.of("consumers", "--password-file", TYPED),
                List.of("consumers", "--password", TYPED),
                List.of("consumers", "--url", "http://admin:" + TYPED + "@127.0.0.1/mxhooks"),
                List.of("consumers", "--json=" + TYPED),
                List.of("consumers", TYPED),
                List.of("consumers", "pause", "a", TYPED),
                List.of("deliveries", "--limit", TYPED),
                List.of("deliveries", "--from", TYPED),
                List.of("deliveries", "--state", TYPED),
                List.of("deliveries", "--all", "--nonsense=" + TYPED),
                List.of("tail", "-n", TYPED),
                List.of("replay", "--dead", TYPED, "--consumer", "x"),
                List.of(TYPED),
                List.of("--" + TYPED),
                List.of("completion", TYPED));
    }

    @ParameterizedTest
    @MethodSource("misused")
    void noArgumentIsRepeated(List<String> command) {
        assertThat(shell.run(command.toArray(String[]::new))).isIn(2, 3);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).startsWith("mxhooks: ").hasLineCount(1).doesNotContain(TYPED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sign @%s",
                "sign - @%s",
                "sign - --secret-file @%s",
                "@%s",
                "consumers --password-file @%s",
                "deliveries @%s x"
            })
    void noFileIsExpanded(String command) throws IOException {
        String file = shell.file("portal.secret", TYPED + " --key-derivation " + TYPED + "\n");

        assertThat(shell.run(command.formatted(file).split(" "))).isIn(0, 2);
        assertThat(shell.out() + shell.err()).doesNotContain(TYPED).doesNotContain("Usage");
    }

    @Test
    void theFileOfASecretIsToBePassedWithoutItsAtSign() throws IOException {
        assertThat(shell.run("sign", "-", "--secret-file", "@" + shell.file("portal.secret", TYPED)))
                .isEqualTo(2);
        assertThat(shell.err()).contains("--secret-file names no secret file (no such file)", "without @");
    }

    @Test
    void aFileThatIsNotTextIsReportedWithoutItsContent() throws IOException {
        byte[] latin = (TYPED + "\u00fc").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThat(shell.run("sign", "-", "--secret-file", shell.file("portal.secret", latin)))
                .isEqualTo(2);
        assertThat(shell.err()).contains("it is not text in UTF-8").doesNotContain(TYPED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sign - --secret %s",
                "send story-updated --secret=%s",
                "consumers --password %s",
                "tail --password=%s"
            })
    void anOptionForASecretItselfIsRefusedWithTheRemedy(String command) {
        assertThat(shell.run(command.formatted(TYPED).split(" "))).isEqualTo(2);
        assertThat(shell.err()).contains("never an argument", "--secret-file", "--password-file");
    }

    @Test
    void aTypingErrorIsAnsweredByWhatIsKnown() {
        assertThat(shell.run("deliveries", "--limt", "3")).isEqualTo(2);
        assertThat(shell.err()).contains("argument 2 is not an option of mxhooks deliveries", "--limit");

        assertThat(shell.run("delivries")).isEqualTo(2);
        assertThat(shell.err()).contains("argument 1 is not a command of mxhooks", "deliveries");
    }

    @ParameterizedTest
    @CsvSource({
        "consumer, Did you mean consumers?",
        "deliverys, Did you mean del",
        "dea, Did you mean dead?",
        "consumption, is not a command of mxhooks. See",
        "list, is not a command of mxhooks. See"
    })
    void onlyWhatOneTypingErrorLeadsFromIsSuggested(String typed, String suggestion) {
        assertThat(shell.run(typed)).isEqualTo(2);
        assertThat(shell.err()).contains(suggestion);
    }

    @ParameterizedTest
    @CsvSource({
        "dead --discard, --discard needs a value: DELIVERY.",
        "deliveries --from, --from needs a value: TIME.",
        "sign - --secret-file, --secret-file needs a value: FILE.",
        "replay --dead, --consumer is required.",
        "export, --app and --output are required."
    })
    void anOptionWithoutItsValueIsDistinguishedFromAMissingOne(String command, String problem) {
        assertThat(shell.run(command.split(" "))).isEqualTo(2);
        assertThat(shell.err()).contains(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "deliveries --from 2026-13-01, --from must be an instant (2026-05-04T10:00:00Z), was '2026-13-01'",
        "replay --consumer x --from 25:00, --from must be an instant, was '25:00'",
        "deliveries --state 7, --state must be one of pending, ''",
        "deliveries --limit 1.5, --limit must be a whole number, was '1.5'",
        "deliveries --limit 0, --limit must be at least 1, was '0'",
        "tail -n 201, -n must be between 0 and 200, was '201'",
        "send story-updated --count 1e6x, --count must be a whole number, ''",
        "send story-updated --count 0, --count must be between 1 and, was '0'",
        "sign - --key-derivation md5, '--key-derivation must be one of sha256-50, sha256, raw', ''",
        "deliveries --from 1h --to 2h, --to must be later than --from, 2026-05-04T08:00:00Z",
        "replay --consumer x --from 1h --to 1h, --to must be later than --from, 2026-05-04T09:00:00Z"
    })
    void aValueIsRefusedByWhatIsAllowed(String command, String allowed, String was) {
        assertThat(shell.run(command.split(" "))).isEqualTo(2);
        assertThat(shell.err()).contains(allowed, was).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sign B\uFFFDro.json",
                "send story-updated --secret-file B\uFFFDro",
                "replay 1 --consumer \uFFFD",
                "sign - \uFFFD"
            })
    void whatTheLocaleCannotReadIsRefusedWithTheRemedy(String command) {
        assertThat(shell.run(command.split(" "))).isEqualTo(2);
        assertThat(shell.err()).doesNotContain("Exception").hasLineCount(1);
    }

    @Test
    void whatTheLocaleCannotReadIsNamedByItsPlace() {
        assertThat(shell.run("sign", "-", "--secret-file", "B\uFFFDro")).isEqualTo(2);
        assertThat(shell.err()).contains("argument 4", "LC_ALL=C.UTF-8");

        shell.with("MXHOOKS_URL", "http://b\uFFFDro/");
        assertThat(shell.run("consumers")).isEqualTo(2);
        assertThat(shell.err()).contains("MXHOOKS_URL", "LC_ALL=C.UTF-8");
    }
}
