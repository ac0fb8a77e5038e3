package org.mxhooks.process.harness;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mxhooks.WildFlyConfiguration;

/** A WildFly whose scanner finds in a directory what to deploy; stock, unless scripts configure it. */
public final class WildFly implements Redeployable {

    private static final Duration UNDEPLOY_TIMEOUT = Duration.ofMinutes(3);

    private final int port;
    private final Path base;
    private final ServerProcess process;

    /** @param base a directory for the server's own files: an empty one, or that of a server that has ended */
    public WildFly(Path base, Map<String, String> settings) throws IOException {
        this(base, "standalone.xml", settings);
    }

    /** As above, with another configuration, which scripts under {@code server-config} change. */
    public WildFly(Path base, String configuration, Map<String, String> settings, String... scripts)
            throws IOException {
        this(base, configuration, settings, Map.of(), scripts);
    }

    /** A stock one with settings in its environment too. */
    public WildFly(Path base, Map<String, String> settings, Map<String, String> environment) throws IOException {
        this(base, "standalone.xml", settings, environment);
    }

    private WildFly(
            Path base,
            String configuration,
            Map<String, String> settings,
            Map<String, String> environment,
            String... scripts)
            throws IOException {
        this.base = base;
        if (Files.notExists(base.resolve("configuration"))) {
            WildFlyConfiguration.copyTo(base);
            for (String script : scripts) {
                configure(base, script);
            }
        }
        Map<String, Integer> ports = WildFlyConfiguration.freePorts();
        port = ports.get("jboss.http.port");
        List<String> command = new ArrayList<>();
        command.add(WildFlyConfiguration.HOME.resolve("bin/standalone.sh").toString());
        command.addAll(List.of("-c", configuration));
        command.add("-Djboss.server.base.dir=" + base);
        ports.forEach((name, free) -> command.add("-D" + name + "=" + free));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        Map<String, String> all = new HashMap<>(environment);
        all.merge(
                "JAVA_OPTS",
                String.join(" ", Jvm.QUICK) + " " + String.join(" ", Jvm.FORGETFUL),
                (one, other) -> one + " " + other);
        process = ServerProcess.start("wildfly", command, all);
    }

    /** One that is configured as under {@code server-config} and answers with the built WAR. */
    public static WildFly hardened(Path base, Map<String, String> settings) throws IOException {
        WildFly server = new WildFly(base, "standalone.xml", settings, "mxhooks.cli");
        server.deploy(Path.of(System.getProperty("war")));
        return server;
    }

    /** Runs a script of {@code server-config} over the configuration of a server that does not run. */
    public static void configure(Path base, String script) throws IOException {
        List<String> command = List.of(
                WildFlyConfiguration.HOME.resolve("bin/jboss-cli.sh").toString(),
                "--file=server-config/wildfly/" + script);
        try (ServerProcess cli =
                ServerProcess.start("jboss-cli", command, Map.of("JAVA_OPTS", "-Djboss.server.base.dir=" + base))) {
            cli.awaitSuccess();
        }
    }

    @Override
    public URI application() {
        return Server.application(port);
    }

    @Override
    public ServerLog log() {
        return process.log();
    }

    @Override
    public Jvm jvm() {
        return new Jvm(process.pid());
    }

    @Override
    public void deploy(Path war) throws IOException {
        long before = log().size();
        try {
            offer(war);
            process.awaitAnswer(application(), before);
            awaitStarted();
        } catch (RuntimeException | Error e) {
            process.killNine();
            throw e;
        }
    }

    /** A server that was killed deploys by itself what it had deployed. */
    private void offer(Path war) throws IOException {
        Path offered = base.resolve("deployments").resolve(war.getFileName());
        if (Files.notExists(Path.of(offered + ".deployed"))) {
            Files.copy(war, offered, REPLACE_EXISTING);
            Files.write(Path.of(offered + ".dodeploy"), new byte[0]);
        }
    }

    /** The application may answer before the server reports what else has failed. */
    private void awaitStarted() {
        process.await(() -> log().text().contains("WFLYSRV0025"), 0);
    }

    @Override
    public void undeploy() throws IOException {
        Files.delete(base.resolve("deployments/mxhooks.war.deployed"));
        await().atMost(UNDEPLOY_TIMEOUT).until(() -> !ServerProcess.answersAsMxhooks(application()));
    }

    @Override
    public void killNine() {
        process.killNine();
    }

    @Override
    public void close() {
        process.killNine();
    }

    @Override
    public String toString() {
        return "WildFly";
    }
}
