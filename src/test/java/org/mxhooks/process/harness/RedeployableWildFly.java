package org.mxhooks.process.harness;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Portal;

/**
 * A WildFly, stock unless it is told otherwise, whose scanner finds in a directory what to deploy. Its log is
 * {@code target/wildfly-processes.log}.
 */
public final class RedeployableWildFly implements Redeployable {

    public static final File LOG = new File("target/wildfly-processes.log");
    private static final Path HOME = Path.of(System.getProperty("wildfly"));
    private static final int USUAL_PORT = 8080;
    private static final Duration START = Duration.ofSeconds(180);

    private final int port;
    private final Path deployments;
    private final ServerProcess process;

    /** @param base an empty directory for the server's own files */
    public RedeployableWildFly(Path base, Map<String, String> settings) throws IOException {
        this(base, "standalone.xml", settings);
    }

    /** As above, with another configuration, of which a script under {@code server-config} may have made more. */
    public RedeployableWildFly(Path base, String configuration, Map<String, String> settings, String... scripts)
            throws IOException {
        this(base, configuration, settings, Map.of(), scripts);
    }

    /** A stock one with settings in its environment too. */
    public RedeployableWildFly(Path base, Map<String, String> settings, Map<String, String> environment)
            throws IOException {
        this(base, "standalone.xml", settings, environment);
    }

    private RedeployableWildFly(
            Path base,
            String configuration,
            Map<String, String> settings,
            Map<String, String> environment,
            String... scripts)
            throws IOException {
        copyConfiguration(base);
        for (String script : scripts) {
            configure(base, script);
        }
        deployments = Files.createDirectories(base.resolve("deployments"));
        port = PayaraMicro.freePort();
        List<String> command = new ArrayList<>();
        command.add(HOME.resolve("bin/standalone.sh").toString());
        command.addAll(List.of("-c", configuration));
        command.add("-Djboss.server.base.dir=" + base);
        command.add("-Djboss.socket.binding.port-offset=" + (port - USUAL_PORT));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        Map<String, String> all = new HashMap<>(environment);
        all.merge("JAVA_OPTS", String.join(" ", Jvm.FORGETFUL), (one, other) -> one + " " + other);
        process = ServerProcess.start(command, all, LOG);
    }

    /** One that is configured as under {@code server-config} and answers with the built WAR. */
    public static RedeployableWildFly hardened(Path base, Map<String, String> settings) throws IOException {
        RedeployableWildFly server = new RedeployableWildFly(base, "standalone.xml", settings, "mxhooks.cli");
        server.deploy(Path.of(System.getProperty("war")));
        Portal stranger = new Portal(server.application(), "nobody", "of nobody");
        await().atMost(START)
                .failFast("WildFly ended, see " + LOG, () -> !server.process.isAlive())
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> stranger.sends(Body.of("story-created.json")).isProblem());
        return server;
    }

    /** Gives a directory for a server's own files the stock configuration. */
    public static void copyConfiguration(Path base) throws IOException {
        Path configuration = Files.createDirectories(base.resolve("configuration"));
        try (Stream<Path> files = Files.list(HOME.resolve("standalone/configuration"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, configuration.resolve(file.getFileName()));
            }
        }
    }

    /** Runs a script of {@code server-config} over the configuration of a server that does not run. */
    public static void configure(Path base, String script) throws IOException {
        List<String> command =
                List.of(HOME.resolve("bin/jboss-cli.sh").toString(), "--file=server-config/wildfly/" + script);
        try (ServerProcess cli =
                ServerProcess.start(command, Map.of("JAVA_OPTS", "-Djboss.server.base.dir=" + base), LOG)) {
            cli.awaitSuccess();
        }
    }

    @Override
    public URI application() {
        return PayaraMicro.application(port);
    }

    @Override
    public Jvm jvm() {
        return new Jvm(process.pid());
    }

    @Override
    public void deploy(Path war) throws IOException {
        Files.copy(war, deployments.resolve(war.getFileName()), REPLACE_EXISTING);
        Files.createFile(deployments.resolve(war.getFileName() + ".dodeploy"));
    }

    @Override
    public void undeploy() throws IOException {
        Files.delete(deployments.resolve("mxhooks.war.deployed"));
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
