package org.mxhooks.process.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.TerminalFailureException;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Portal;

/**
 * A server's process, which ends with this JVM at the latest. It gets no setting of mxhooks from the environment of
 * this JVM, and writes into a log of its own.
 */
final class ServerProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
    private static final int STOP_TIMEOUT_IN_SECONDS = 30;

    private final Process process;
    private final ServerLog log;
    private final Thread orphanage = new Thread(this::destroyAll);
    private boolean stopped;

    private ServerProcess(Process process, ServerLog log) {
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(orphanage);
    }

    /**
     * @param name begins the name of its log
     * @param environment beside this JVM's
     */
    static ServerProcess start(String name, List<String> command, Map<String, String> environment) throws IOException {
        ServerLog log = ServerLog.fresh(name);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.file().toFile()));
        removeSettings(builder.environment());
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start(), log);
    }

    /** What MicroProfile Config would take for settings of mxhooks. */
    private static void removeSettings(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).matches("mxhooks[^a-z].*"));
    }

    ServerLog log() {
        return log;
    }

    /** Returns when mxhooks answers; fails at once when the process ended or reported that it cannot start it. */
    void awaitAnswer(URI application) {
        awaitAnswer(application, 0);
    }

    /** @param since the log's size before what the report may be of */
    void awaitAnswer(URI application, long since) {
        await(() -> answersAsMxhooks(application), since);
    }

    /** @param since the log's size before what the report may be of */
    void await(Callable<Boolean> condition, long since) {
        try {
            Awaitility.await()
                    .atMost(START_TIMEOUT)
                    .failFast("no start", () -> assertNoFailure(since))
                    .until(condition);
        } catch (TerminalFailureException e) {
            if (e.getCause() instanceof StartFailure failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void assertNoFailure(long since) {
        log.failureSince(since).ifPresent(report -> {
            throw new StartFailure(log, report);
        });
        if (!process.isAlive()) {
            throw new StartFailure(
                    log, "the process ended with status %s%n%s".formatted(process.exitValue(), log.end()));
        }
    }

    static boolean answersAsMxhooks(URI application) {
        try {
            return new Portal(application, "nobody", "of nobody")
                    .sends(Body.of("story-created.json"))
                    .isProblem();
        } catch (UncheckedIOException silent) {
            return false;
        }
    }

    /** Returns when it ended by itself and well. */
    void awaitSuccess() throws IOException {
        int status = process.onExit().orTimeout(2, TimeUnit.MINUTES).join().exitValue();
        if (status != 0) {
            throw new IOException("%s: ended with status %s".formatted(log, status));
        }
    }

    /** What the process reads as its standard input. */
    OutputStream input() {
        return process.getOutputStream();
    }

    /** The process, or the one that it was a script to start. */
    ProcessHandle handle() {
        return process.children().findFirst().orElseGet(process::toHandle);
    }

    long pid() {
        return handle().pid();
    }

    /** SIGSTOP: its connections stay, it does not run. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
        stopped = true;
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
        stopped = false;
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-s", name, String.valueOf(pid()))
                .inheritIO()
                .start();
        if (!kill.waitFor(STOP_TIMEOUT_IN_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("no signal %s to process %s".formatted(name, pid()));
        }
    }

    /** SIGKILL to it and its children, also where they are stopped; returns when all have ended. */
    void killNine() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
        Runtime.getRuntime().removeShutdownHook(orphanage);
    }

    @Override
    public void close() {
        if (!stopped) {
            process.destroy();
            process.onExit()
                    .completeOnTimeout(process, STOP_TIMEOUT_IN_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
        killNine();
    }

    private void destroyAll() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
