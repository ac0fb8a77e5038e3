package org.mxhooks.process.harness;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server's process, which ends with this JVM at the latest. What it says is appended to a file. */
public final class ServerProcess implements AutoCloseable {

    private static final int PATIENCE_IN_SECONDS = 30;

    private final Process process;
    private final Thread orphanage = new Thread(this::destroyAll);

    private ServerProcess(Process process) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(orphanage);
    }

    /** @param environment beside this JVM's */
    public static ServerProcess start(List<String> command, Map<String, String> environment, File log)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.appendTo(log));
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns when it ended by itself and well. */
    public void awaitSuccess() throws IOException {
        int status = process.onExit().orTimeout(2, TimeUnit.MINUTES).join().exitValue();
        if (status != 0) {
            throw new IOException("ended with status " + status);
        }
    }

    /** What the process reads as its standard input. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** The process, or the one that it was a script to start. */
    public long pid() {
        return process.children().findFirst().orElseGet(process::toHandle).pid();
    }

    /** @param name without {@code SIG} */
    public void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-s", name, String.valueOf(pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("no signal %s to process %s".formatted(name, pid()));
        }
    }

    /** SIGKILL: nothing in the process gets to run any more. */
    public void killNine() {
        destroyAll();
        process.onExit().join();
        Runtime.getRuntime().removeShutdownHook(orphanage);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, PATIENCE_IN_SECONDS, TimeUnit.SECONDS)
                .join();
        killNine();
    }

    private void destroyAll() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
