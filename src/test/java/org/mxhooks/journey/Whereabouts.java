package org.mxhooks.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.event.container.AfterDeploy;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.spi.context.ClassContext;
import org.jboss.arquillian.test.spi.context.SuiteContext;
import org.jboss.arquillian.test.spi.event.suite.BeforeSuite;
import org.mxhooks.Ports;
import org.mxhooks.WildFlyConfiguration;

/**
 * Where Arquillian's server is: chooses ports, its own and that of the OpenID provider, which {@code arquillian.xml}
 * reads, learns where the server listens, and prints, once, which WAR the server runs.
 */
public final class Whereabouts implements LoadableExtension {

    private static final String SERVER = System.getProperty("arquillian.launch");
    private static final Path HOMES = Path.of(System.getProperty("homes"));
    private static final Path WILDFLY = HOMES.resolve("wildfly-server");

    private static volatile Learner learner;
    private static volatile URI application;

    static void deploy(String name) {
        learner.use(deployer -> deployer.deploy(name));
    }

    static void undeploy(String name) {
        learner.use(deployer -> deployer.undeploy(name));
        if (SERVER.equals("payara-micro")) {
            awaitEndOfServers();
        }
    }

    /** Arquillian does not wait; until its end, a server has the port and the files of the next one. */
    private static void awaitEndOfServers() {
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("payara-micro.jar"))
                .forEach(
                        server -> server.onExit().orTimeout(2, TimeUnit.MINUTES).join());
    }

    /** Where the application is that was deployed last, ending in a slash. */
    static URI application() {
        return application;
    }

    /** A directory that companions share with the tests. */
    static Path notes() {
        return HOMES.resolve(SERVER).resolve("notes");
    }

    /** The server's, which is there once it has been started. */
    static Path log() {
        return switch (SERVER) {
            case "payara-micro" -> HOMES.resolve("payara-micro.log.0");
            case "wildfly" -> WILDFLY.resolve("log/server.log");
            default -> Path.of(System.getProperty("payara-server"), "glassfish/domains/journeys/logs/server.log");
        };
    }

    @Override
    public void register(ExtensionBuilder builder) {
        prepare();
        builder.observer(Learner.class);
    }

    private static void prepare() {
        try {
            Files.createDirectories(HOMES);
            switch (SERVER) {
                case "payara-micro" -> {
                    int port = Ports.free();
                    System.setProperty("payara-micro.port", "" + port);
                    lead(Ports.free(), port);
                }
                case "wildfly" -> prepareWildFly();
                default -> lead(31_090, 31_080);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void prepareWildFly() throws IOException {
        WildFlyConfiguration.copyTo(WILDFLY);
        Map<String, Integer> ports = WildFlyConfiguration.freePorts();
        System.setProperty("wildfly.management.port", "" + ports.get("jboss.management.http.port"));
        System.setProperty(
                "wildfly.options",
                ports.entrySet().stream()
                        .map(port -> "-D" + port.getKey() + "=" + port.getValue())
                        .collect(Collectors.joining(" ", "-Djboss.server.base.dir=" + WILDFLY + " ", "")));
        lead(Ports.free(), ports.get("jboss.http.port"));
    }

    /** To the OpenID provider and back; for browsers they are two sites. */
    private static void lead(int provider, int back) {
        System.setProperty("oidc.issuer", "http://localhost:" + provider);
        System.setProperty("oidc.redirect-uri", "http://127.0.0.1:%s/mxhooks/console/oidc/callback".formatted(back));
    }

    /** Made by Arquillian. */
    public static final class Learner {
        @Inject
        private Instance<Deployer> deployer;

        @Inject
        private Instance<SuiteContext> suite;

        @Inject
        private Instance<ClassContext> testClass;

        @Inject
        private Instance<ProtocolMetaData> deployment;

        /** In the contexts that Arquillian itself opens around each test. */
        private void use(Consumer<Deployer> use) {
            suite.get().activate();
            testClass.get().activate(JourneyServer.class);
            try {
                use.accept(deployer.get());
            } finally {
                testClass.get().deactivate();
                suite.get().deactivate();
            }
        }

        void learn(@Observes BeforeSuite event) {
            learner = this;
            System.out.printf("%s runs mxhooks.war, SHA-256 %s%n", SERVER, BuiltWar.sha256());
        }

        void learn(@Observes AfterDeploy event) {
            HTTPContext server =
                    deployment.get().getContexts(HTTPContext.class).iterator().next();
            application = URI.create("http://" + server.getHost() + ":" + server.getPort() + "/mxhooks/");
        }
    }
}
