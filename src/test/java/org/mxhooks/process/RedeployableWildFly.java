package org.mxhooks.process;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A WildFly, stock unless it is told otherwise, whose scanner finds in a directory what to deploy. Its log is {@code target/wildfly-processes.log}. */
final class RedeployableWildFly implements Redeployable {

    private static final File LOG = new File("target/wildfly-processes.log");
    private static final int USUAL_PORT = 8080;

    private final int port;
    private final Path deployments;
    private final ServerProcess process;

    /** @param base an empty directory for the server's own files */
    RedeployableWildFly(Path base, Map<String, String> settings) throws IOException {
        this(base, "standalone.xml", settings);
    }

    /** As above, with another configuration, of which a script under {@code server-config} may have made more. */
    RedeployableWildFly(Path base, String configuration, Map<String, String> settings, String... scripts)
            throws IOException {
        Path home = Path.of(System.getProperty("wildfly"));
        configure(home, base);
        for (String script : scripts) {
            run(home, base, script);
        }
        deployments = Files.createDirectories(base.resolve("deployments"));
        port = PayaraMicro.freePort();
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/standalone.sh").toString());
        command.addAll(List.of("-c", configuration));
        command.add("-Djboss.server.base.dir=" + base);
        command.add("-Djboss.socket.binding.port-offset=" + (port - USUAL_PORT));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        process = ServerProcess.start(command, Map.of("JAVA_OPTS", String.join(" ", Jvm.FORGETFUL)), LOG);
    }

    private static void configure(Path home, Path base) throws IOException {
        Path configuration = Files.createDirectories(base.resolve("configuration"));
        try (Stream<Path> files = Files.list(home.resolve("standalone/configuration"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, configuration.resolve(file.getFileName()));
            }
        }
    }

    private static void run(Path home, Path base, String script) throws IOException {
        List<String> command =
                List.of(home.resolve("bin/jboss-cli.sh").toString(), "--file=server-config/wildfly/" + script);
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
        Files.copy(war, deployments.resolve("mxhooks.war"), REPLACE_EXISTING);
        Files.createFile(deployments.resolve("mxhooks.war.dodeploy"));
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
