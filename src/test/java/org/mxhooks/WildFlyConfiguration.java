package org.mxhooks;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** WildFly's stock configuration in a directory of a test's own, where each port is a property. */
public final class WildFlyConfiguration {

    public static final Path HOME = Path.of(System.getProperty("wildfly"));

    /** Each is an expression in the stock configuration, or becomes one here. */
    private static final List<String> PORTS = List.of(
            "jboss.http.port",
            "jboss.https.port",
            "jboss.ajp.port",
            "jboss.management.http.port",
            "jboss.management.https.port",
            "jboss.iiop.port",
            "jboss.iiop-ssl.port",
            "jboss.txn-recovery-environment.port",
            "jboss.txn-status-manager.port");

    private WildFlyConfiguration() {}

    /** A free port for each, by its property. */
    public static Map<String, Integer> freePorts() {
        return PORTS.stream().collect(Collectors.toMap(name -> name, name -> Ports.free()));
    }

    /** @param base the server's own directory, {@code jboss.server.base.dir} */
    public static void copyTo(Path base) throws IOException {
        Path configuration = Files.createDirectories(base.resolve("configuration"));
        try (Stream<Path> files = Files.list(HOME.resolve("standalone/configuration"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = Files.copy(file, configuration.resolve(file.getFileName()), REPLACE_EXISTING);
                if (copy.toString().endsWith(".xml")) {
                    Files.writeString(copy, configurable(Files.readString(copy)));
                }
            }
        }
        Files.createDirectories(base.resolve("deployments"));
    }

    private static String configurable(String configuration) {
        return configuration
                .replaceAll("(<socket-binding name=\"([a-z-]+)\".* port=\")(\\d+)\"", "$1\\${jboss.$2.port:$3}\"")
                .replace("scan-interval=\"5000\"", "scan-interval=\"500\"");
    }
}
