package org.mxhooks.process.harness;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.mxhooks.Ports;

/** A Payara Micro that deploys by the orders of {@link MicroConsole}. */
public final class RedeployableMicro implements Redeployable {

    private static final Duration UNDEPLOY_TIMEOUT = Duration.ofSeconds(60);

    private final int port;
    private final ServerProcess process;
    private final PrintWriter orders;

    public RedeployableMicro(Map<String, String> settings) throws IOException {
        port = Ports.free();
        List<String> command = new ArrayList<>(PayaraMicro.java(settings));
        String jar = System.getProperty("payara-micro.jar");
        command.addAll(Jvm.FORGETFUL);
        command.addAll(openings(jar));
        command.addAll(List.of("-cp", jar + File.pathSeparator + Path.of("target", "test-classes")));
        command.add(MicroConsole.class.getName());
        command.addAll(PayaraMicro.configuration(port));
        process = ServerProcess.start("redeployable-micro", command, Map.of());
        orders = new PrintWriter(new OutputStreamWriter(process.input(), StandardCharsets.UTF_8), true);
    }

    /** What {@code java -jar} takes from the JAR's manifest by itself. */
    private static List<String> openings(String file) throws IOException {
        try (JarFile jar = new JarFile(file)) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            return Stream.of("Add-Opens", "Add-Exports")
                    .flatMap(name -> Arrays.stream(manifest.getValue(name).split("\\s+"))
                            .map(value -> "--" + name.toLowerCase(Locale.ROOT) + "=" + value + "=ALL-UNNAMED"))
                    .toList();
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
    public void deploy(Path war) {
        long before = log().size();
        orders.println(war);
        process.awaitAnswer(application(), before);
    }

    @Override
    public void undeploy() {
        orders.println();
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
        return "Payara Micro";
    }
}
