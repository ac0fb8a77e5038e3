package org.mxhooks.process.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mxhooks.Ports;

/** A Payara Micro with the built WAR, configured as under {@code server-config}, on the loopback address. */
public final class PayaraMicro implements Server {

    private final int port;
    private final ServerProcess process;

    private PayaraMicro(int port, ServerProcess process) {
        this.port = port;
        this.process = process;
    }

    /** Returns when the application answers. */
    public static PayaraMicro start(Map<String, String> settings) {
        return with(settings).start();
    }

    /** One to start with settings as system properties. */
    public static Plan with(Map<String, String> settings) {
        return new Plan(settings);
    }

    /** How to start one. */
    public static final class Plan {
        private final Map<String, String> settings;
        private final List<String> options = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private final List<Path> besides = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();
        private Path war = Path.of(System.getProperty("war"));
        private int port = Ports.free();

        private Plan(Map<String, String> settings) {
            this.settings = settings;
        }

        /** @param withCompanion a WAR whose file is named {@code mxhooks.war} */
        public Plan war(Path withCompanion) {
            war = withCompanion;
            return this;
        }

        /** @param other a WAR of another application */
        public Plan beside(Path other) {
            besides.add(other);
            return this;
        }

        public Plan port(int free) {
            port = free;
            return this;
        }

        public Plan environment(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        /** @param commands for its administrator after the boot */
        public Plan postBoot(Path commands) {
            arguments.addAll(List.of("--postbootcommandfile", commands.toString()));
            return this;
        }

        /** @param jar for the server itself */
        public Plan library(Path jar) {
            arguments.addAll(List.of("--addlibs", jar.toString()));
            return this;
        }

        /** A heap of 512 MB and all that is under {@code server-config}: also its logging and its JVM's options. */
        public Plan hardened() {
            options.addAll(List.of("-Xmx512m", "@server-config/payara-micro/jvm.options"));
            arguments.addAll(List.of("--logproperties", "server-config/payara-micro/logging.properties"));
            return this;
        }

        /** Returns when the application answers; fails at once when the server reports that it does not deploy it. */
        public PayaraMicro start() {
            try {
                PayaraMicro server = new PayaraMicro(port, ServerProcess.start("payara-micro", command(), environment));
                server.awaitAnswer();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private List<String> command() throws IOException {
            List<String> command = new ArrayList<>(java(settings));
            command.addAll(1, options);
            command.addAll(List.of("-jar", System.getProperty("payara-micro.jar")));
            command.addAll(configuration(port));
            command.addAll(arguments);
            command.addAll(List.of("--deploy", war.toString()));
            besides.forEach(other -> command.addAll(List.of("--deploy", other.toString())));
            return command;
        }
    }

    private void awaitAnswer() {
        try {
            process.awaitAnswer(application());
        } catch (RuntimeException | Error e) {
            process.killNine();
            throw e;
        }
    }

    /** How Java is started, with settings as system properties. */
    static List<String> java(Map<String, String> settings) throws IOException {
        Path temporary = Files.createDirectories(Path.of(System.getProperty("homes"), "tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Jvm.QUICK);
        command.add("-Djava.io.tmpdir=" + temporary);
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        return command;
    }

    /** The arguments of Payara Micro, but for deployments. */
    static List<String> configuration(int port) {
        return List.of(
                "--prebootcommandfile",
                "server-config/payara-micro/preboot.asadmin",
                "--nocluster",
                "--port",
                String.valueOf(port));
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
    public void killNine() {
        process.killNine();
    }

    public ProcessHandle handle() {
        return process.handle();
    }

    /** SIGSTOP: its connections stay, it does not run. */
    public void pause() throws IOException, InterruptedException {
        process.pause();
    }

    public void resume() throws IOException, InterruptedException {
        process.resume();
    }

    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return "Payara Micro";
    }
}
