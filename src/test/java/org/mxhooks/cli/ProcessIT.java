package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own has: environment, exit code, input, signals. */
@Tag("process")
class ProcessIT {

    @TempDir
    private Path home;

    private Receiver server;
    private Process process;

    @BeforeEach
    void start() throws IOException {
        server = new Receiver();
        Files.writeString(home.resolve("operator.password"), "secret");
        Files.writeString(home.resolve("endpoint-default.secret"), "secret");
    }

    @AfterEach
    void stop() {
        server.close();
        process.destroyForcibly();
    }

    @Test
    void theEnvironmentNamesServerUserAndPassword() throws Exception {
        Path password = Files.writeString(home.resolve("viewer.password"), "other");
        server.answers("GET /api/v1/consumers", 200, "[]");

        run(
                Map.of(
                        "MXHOOKS_URL",
                        server.application() + "/",
                        "MXHOOKS_USER",
                        "vera",
                        "MXHOOKS_PASSWORD_FILE",
                        password.toString()),
                "consumers");

        assertThat(exitCode()).isZero();
        assertThat(server.request().header("Authorization")).isEqualTo("Basic dmVyYTpvdGhlcg==");
    }

    @Test
    void homeIsWhereTheSecretIsAndTheInputIsRead() throws Exception {
        run(Map.of("MXHOOKS_HOME", home.toString()), "sign", "-");
        process.getOutputStream().write("{}".getBytes(UTF_8));
        process.getOutputStream().close();

        assertThat(exitCode()).isZero();
        assertThat(output()).isEqualTo("XmkurHSexjM8e/sHT5ELdvQWuAe577KWbVqCrMOvTGs=");
    }

    @Test
    void whatIsPrintedIsUtf8WhateverTheLocale() throws Exception {
        server.answers("GET /api/v1/dead?limit=50", 200, "{\"dead\":[{\"message\":\"Größe – ✓ 𝄞\"}]}");
        server.answers("GET /api/v1/consumers", 404, "{\"title\":\"Größe\",\"detail\":\"–\"}");
        Map<String, String> environment =
                Map.of("MXHOOKS_HOME", home.toString(), "MXHOOKS_URL", server.application(), "LC_ALL", "C");

        run(environment, "dead");
        assertThat(output()).contains("Größe – ✓ 𝄞");

        run(environment, "dead", "--json");
        assertThat(output()).contains("Größe – ✓ 𝄞");

        run(environment, "consumers");
        assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8)).contains("404 Größe: –");
    }

    @Test
    void anArgumentThatTheLocaleCannotReadIsRefused() throws Exception {
        run(Map.of("MXHOOKS_HOME", home.toString(), "LC_ALL", "C"), "sign", "Größe.json");

        assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8).lines())
                .containsExactly(
                        "mxhooks: argument 2 contains characters that cannot be read in this locale. Run the command with LC_ALL=C.UTF-8.");
        assertThat(exitCode()).isEqualTo(2);
    }

    /** By SIGTERM, and so 143: SIGINT, which Ctrl-C sends, is ignored by all processes of a build in the background. */
    @Test
    void followersEndByASignal() throws Exception {
        server.answers(200, "{\"deliveries\":[]}");
        run(Map.of("MXHOOKS_HOME", home.toString(), "MXHOOKS_URL", server.application()), "tail", "-f");
        await().until(() -> server.requests().size() > 1);

        process.destroy();

        assertThat(exitCode()).isEqualTo(143);
    }

    @Test
    void followersEndWhenNobodyReadsThemAnyMore() throws Exception {
        server.answers(200, "{\"deliveries\":[{\"delivery\":\"a\"}]}");
        run(Map.of("MXHOOKS_HOME", home.toString(), "MXHOOKS_URL", server.application()), "tail", "-f");
        process.getInputStream().close();
        await().until(() -> !server.requests().isEmpty());

        assertThat(exitCode()).isZero();
    }

    /** As bash sees it, which every developer has. */
    @Test
    void completionKnowsCommandsOptionsAndValues() throws Exception {
        run(Map.of(), "completion");
        Path script =
                Files.write(home.resolve("completion"), process.getInputStream().readAllBytes());
        assertThat(exitCode()).isZero();

        assertThat(completions(script, "mxhooks", "de")).contains("deliveries", "dead");
        assertThat(completions(script, "mxhooks", "consumers", "p")).contains("pause");
        assertThat(completions(script, "mxhooks", "sign", "--key-derivation", ""))
                .contains("sha256-50", "raw");
        assertThat(completions(script, "mxhooks", "deliveries", "--po")).contains("--portal-id");
    }

    private String completions(Path script, String... words) throws Exception {
        process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source %s; COMP_WORDS=(%s); COMP_CWORD=%s; _complete_mxhooks; echo \"${COMPREPLY[@]}\""
                                .formatted(script, quoted(words), words.length - 1))
                .start();
        assertThat(exitCode()).isZero();
        return output();
    }

    private static String quoted(String... words) {
        return "'" + String.join("' '", words) + "'";
    }

    private void run(Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Mxhooks.class.getName()));
        command.addAll(Arrays.asList(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        process = builder.start();
    }

    private int exitCode() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String output() throws IOException {
        return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    }
}
