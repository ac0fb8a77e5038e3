package org.mxhooks.process.harness;

import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A Payara Micro that is told by {@link MicroConsole} what to deploy. */
public final class RedeployableMicro implements Redeployable {

    private final int port;
    private final ServerProcess process;
    private final PrintWriter orders;

    public RedeployableMicro(Map<String, String> settings) throws IOException {
        port = PayaraMicro.freePort();
        List<String> command = new ArrayList<>(PayaraMicro.java(settings));
        String jar = System.getProperty("payara-micro.jar");
        command.addAll(Jvm.FORGETFUL);
        command.addAll(openings(jar));
        command.addAll(List.of("-cp", jar + File.pathSeparator + Path.of("target", "test-classes")));
        command.add(MicroConsole.class.getName());
        command.addAll(PayaraMicro.configuration(port));
        process = PayaraMicro.process(command);
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
        return PayaraMicro.application(port);
    }

    @Override
    public Jvm jvm() {
        return new Jvm(process.pid());
    }

    @Override
    public void deploy(Path war) {
        orders.println(war);
    }

    @Override
    public void undeploy() {
        orders.println();
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
