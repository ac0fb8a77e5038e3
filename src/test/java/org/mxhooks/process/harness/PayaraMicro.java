package org.mxhooks.process.harness;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Portal;

/**
 * A Payara Micro process with the built WAR, configured as under {@code server-config}, on a free port of the loopback
 * address. Its log is {@code target/payara-micro-processes.log}.
 */
public final class PayaraMicro implements AutoCloseable {

    private static final Path SCRATCH = Path.of(System.getProperty("homes"), "processes");
    public static final File LOG = new File("target/payara-micro-processes.log");
    private static final Duration START = Duration.ofSeconds(180);

    private final URI application;
    private final ServerProcess process;

    private PayaraMicro(URI application, ServerProcess process) {
        this.application = application;
        this.process = process;
    }

    /** Returns when the application answers; it runs alone, or beside other WARs. */
    public static PayaraMicro start(Map<String, String> settings, Path... besides) {
        return start(Path.of(System.getProperty("war")), settings, besides);
    }

    /** As above, with a WAR that has a companion module; its file is named {@code mxhooks.war}. */
    public static PayaraMicro start(Path war, Map<String, String> settings, Path... besides) {
        try {
            return start(war, freePort(), settings, besides);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Alone, with a heap of 512 MB and all that is under {@code server-config}: also its logging and its JVM's options.
     */
    public static PayaraMicro hardened(Map<String, String> settings) throws IOException {
        int port = freePort();
        List<String> command = command(Path.of(System.getProperty("war")), port, settings);
        command.addAll(1, List.of("-Xmx512m", "@server-config/payara-micro/jvm.options"));
        command.addAll(List.of("--logproperties", "server-config/payara-micro/logging.properties"));
        PayaraMicro server = new PayaraMicro(application(port), process(command));
        server.awaitAnswer();
        return server;
    }

    /** As above, on a port that was free. */
    public static PayaraMicro start(Path war, int port, Map<String, String> settings, Path... besides) {
        try {
            ServerProcess process = process(command(war, port, settings, besides));
            PayaraMicro server = new PayaraMicro(application(port), process);
            server.awaitAnswer();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As above, alone, on a free port and with more commands of its administrator's after its boot. */
    public static PayaraMicro startWith(Path postBootCommands, Map<String, String> settings) throws IOException {
        return startWith(postBootCommands, Path.of(System.getProperty("war")), settings);
    }

    /** As above, with a WAR that has a companion module. */
    public static PayaraMicro startWith(Path postBootCommands, Path war, Map<String, String> settings)
            throws IOException {
        return startWith(postBootCommands, war, freePort(), settings);
    }

    /** As above, on a port that was free. */
    public static PayaraMicro startWith(Path postBootCommands, Path war, int port, Map<String, String> settings)
            throws IOException {
        List<String> command = command(war, port, settings);
        command.addAll(List.of("--postbootcommandfile", postBootCommands.toString()));
        PayaraMicro server = new PayaraMicro(application(port), process(command));
        server.awaitAnswer();
        return server;
    }

    /** As above, alone, with settings in its environment too; returns when it answers. */
    public static PayaraMicro startIn(Map<String, String> environment, Map<String, String> settings) {
        try {
            int port = freePort();
            PayaraMicro server = new PayaraMicro(application(port), process(environment, port, settings));
            server.awaitAnswer();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As above, without waiting for what comes of it. */
    public static ServerProcess process(Map<String, String> environment, Map<String, String> settings)
            throws IOException {
        return process(environment, freePort(), settings);
    }

    private static ServerProcess process(Map<String, String> environment, int port, Map<String, String> settings)
            throws IOException {
        return ServerProcess.start(command(Path.of(System.getProperty("war")), port, settings), environment, LOG);
    }

    /** Where the application is, ending in a slash, of a server on this port. */
    public static URI application(int port) {
        return URI.create("http://127.0.0.1:" + port + "/mxhooks/");
    }

    /** Where the application is, ending in a slash. */
    public URI application() {
        return application;
    }

    /** SIGKILL: nothing in the process gets to run any more. */
    public void killNine() {
        process.killNine();
    }

    /** @param name without {@code SIG} */
    public void signal(String name) throws IOException, InterruptedException {
        process.signal(name);
    }

    @Override
    public void close() {
        process.close();
    }

    private void awaitAnswer() {
        Portal stranger = new Portal(application, "nobody", "of nobody");
        await().atMost(START)
                .failFast("Payara Micro ended, see " + LOG, () -> !process.isAlive())
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> stranger.sends(Body.of("story-created.json")).isProblem());
    }

    /** A process whose log is that of all. */
    public static ServerProcess process(List<String> command) throws IOException {
        return ServerProcess.start(command, Map.of(), LOG);
    }

    /** How Java is started, with settings as system properties. */
    public static List<String> java(Map<String, String> settings) throws IOException {
        Path temporary = Files.createDirectories(SCRATCH.resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + temporary);
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        return command;
    }

    /** What Payara Micro is told, but for deployments. */
    public static List<String> configuration(int port) {
        return List.of(
                "--prebootcommandfile",
                "server-config/payara-micro/preboot.asadmin",
                "--nocluster",
                "--port",
                String.valueOf(port));
    }

    private static List<String> command(Path war, int port, Map<String, String> settings, Path... besides)
            throws IOException {
        List<String> command = new ArrayList<>(java(settings));
        command.addAll(List.of("-jar", System.getProperty("payara-micro.jar")));
        command.addAll(configuration(port));
        command.addAll(List.of("--deploy", war.toString()));
        for (Path other : besides) {
            command.addAll(List.of("--deploy", other.toString()));
        }
        return command;
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
