package org.mxhooks.process.harness;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The domain of the journeys, with other settings. */
public final class PayaraServer implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("payara-server"));
    private static final Path DOMAIN = HOME.resolve("glassfish/domains/journeys");
    private static final Duration SOON = Duration.ofSeconds(90);

    private final Map<String, String> environment = new HashMap<>();

    /** One that is not running yet. */
    public PayaraServer(Map<String, String> settings) {
        settings.forEach(
                (name, value) -> environment.put(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), value));
    }

    public void start() throws IOException {
        asadmin("start-domain", "journeys");
    }

    /** Runs a script of {@code server-config} in it; returns its configuration as it is then, but for times. */
    public String run(String script) throws IOException {
        asadmin("--port", "31048", "multimode", "--file", "server-config/payara-server/" + script);
        return Files.readString(DOMAIN.resolve("config/domain.xml"))
                .replaceAll("(deployment-time|time-deployed)=\"\\d+\"", "");
    }

    /** Returns when the application answers. */
    public void deploy() throws IOException {
        asadmin("--port", "31048", "deploy", "--force=true", System.getProperty("war"));
        awaitAnswer();
    }

    public void undeploy() throws IOException {
        asadmin("--port", "31048", "undeploy", "mxhooks");
    }

    /** SIGKILL, and a start. Returns when the application answers. */
    public void restartAfterKill() throws IOException {
        long pid = Long.parseLong(Files.readString(DOMAIN.resolve("config/pid")).strip());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
        start();
        awaitAnswer();
    }

    /** That of the domain. */
    public ServerLog log() {
        return new ServerLog(DOMAIN.resolve("logs/server.log"));
    }

    /** Where the application is, ending in a slash. */
    public URI application() {
        return Server.application(31080);
    }

    private void awaitAnswer() {
        await().atMost(SOON).until(() -> ServerProcess.answersAsMxhooks(application()));
    }

    private void asadmin(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(HOME.resolve("bin/asadmin").toString());
        command.addAll(List.of(arguments));
        try (ServerProcess asadmin = ServerProcess.start("asadmin", command, environment)) {
            asadmin.awaitSuccess();
        }
    }

    @Override
    public void close() throws IOException {
        asadmin("stop-domain", "journeys");
    }
}
