package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mxhooks.WireFiles;
import org.mxhooks.terminal.Terminal;
import picocli.CommandLine;

/** Someone who types commands: at a terminal or into a pipe. The home has a generated secret and password. */
final class Shell {

    static final String SECRET = "a portal secret – ünïcode ✓";
    static final String PASSWORD = "geheim – 1";

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Path home;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Terminal terminal = Terminal.NONE;
    private final Map<String, String> environment = new HashMap<>();
    private InputStream in = InputStream.nullInputStream();

    Shell(Path home) throws IOException {
        this.home = home;
        Files.writeString(home.resolve("endpoint-default.secret"), SECRET + "\n");
        Files.writeString(home.resolve("operator.password"), PASSWORD + "\n");
    }

    /** A terminal of so many columns, with colours. */
    Shell at(int width) {
        terminal = new Terminal(true, true, true, true, width);
        return this;
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Shell reading(byte[] input) {
        return reading(new ByteArrayInputStream(input));
    }

    Shell reading(InputStream input) {
        in = input;
        return this;
    }

    /** The text of what is run next is that of nothing before. */
    int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-05-04T10:00:00Z"));
        CommandLine mxhooks = Mxhooks.commandLine(new Environment(home, environment, clock, terminal, in, PAUSE));
        mxhooks.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exitCode = mxhooks.execute(args);
        assertThat(out() + err()).doesNotContain(SECRET, PASSWORD);
        return exitCode;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    List<String> lines() {
        return out().lines().toList();
    }

    /** A file in the home. */
    String file(String name, byte[] content) throws IOException {
        return Files.write(home.resolve(name), content).toString();
    }

    String file(String name, String content) throws IOException {
        return file(name, content.getBytes(UTF_8));
    }

    /** A body of the wire document. */
    String body(String name) throws IOException {
        return file(name, WireFiles.bytes("bodies/" + name));
    }
}
