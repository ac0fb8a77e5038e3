package org.mxhooks.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mxhooks.process.harness.Jvm;

/** A jar of ours in a process of its own. */
final class PortalProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path output;

    private PortalProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param output file for what it prints */
    static PortalProcess start(Path output, String jar, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Jvm.QUICK);
        command.addAll(List.of("-jar", "target/" + jar));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new PortalProcess(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A portal that answers requests. */
    static PortalProcess portal(Path home, int port) {
        PortalProcess portal = start(
                home.resolveSibling(home.getFileName() + ".log"),
                "mxhooks-portal.jar",
                "--home",
                home.toString(),
                "--port",
                String.valueOf(port));
        await().atMost(PATIENCE)
                .failFast(() ->
                        assertThat(portal.process.isAlive()).as(portal.output()).isTrue())
                .until(() -> portal.output().contains("Webhooks API at "));
        return portal;
    }

    String output() {
        try {
            return Files.readString(output, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("it still runs: " + output());
        }
        return process.exitValue();
    }

    /** As by {@code kill -9}. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
