package org.mxhooks.process.harness;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mxhooks.Ports;

/** A server that mxhooks is compared with, on the loopback address. */
public final class Peer implements AutoCloseable {

    private static final byte[] UNSIGNED = "{}".getBytes(US_ASCII);

    private final URI root;
    private final ServerProcess process;

    private Peer(int port, ServerProcess process) {
        root = URI.create("http://127.0.0.1:" + port + "/");
        this.process = process;
    }

    /** A WAR on Payara Micro, configured as for mxhooks; its name is the context root. */
    public static Peer onPayaraMicro(Path war, Map<String, String> settings) throws IOException {
        int port = Ports.free();
        List<String> command = new ArrayList<>(PayaraMicro.java(settings));
        command.addAll(List.of("-jar", System.getProperty("payara-micro.jar")));
        command.addAll(PayaraMicro.configuration(port));
        command.addAll(List.of("--deploy", war.toString()));
        return new Peer(port, ServerProcess.start("peer-payara-micro", command, Map.of()));
    }

    /** A program of Spring Boot. */
    public static Peer onSpringBoot(Path jar, Map<String, String> settings) throws IOException {
        int port = Ports.free();
        List<String> command = new ArrayList<>(PayaraMicro.java(settings));
        command.addAll(List.of("-jar", jar.toString(), "--server.port=" + port));
        return new Peer(port, ServerProcess.start("peer-spring-boot", command, Map.of()));
    }

    /** A script of Node.js that listens at {@code PORT}. */
    public static Peer onNode(Path script, Map<String, String> environment) throws IOException {
        int port = Ports.free();
        List<String> command = List.of("env", "PORT=" + port, "node", script.toString());
        return new Peer(port, ServerProcess.start("peer-node", command, environment));
    }

    /** Returns the address of a resource when it refuses what is not signed. */
    public URI await(String resource) {
        URI target = root.resolve(resource);
        process.await(() -> refusesUnsigned(target), 0);
        return target;
    }

    private static boolean refusesUnsigned(URI target) {
        try (HttpConnection connection = new HttpConnection(target)) {
            return connection.exchange(HttpConnection.post(target, "", UNSIGNED)) == 401;
        } catch (IOException notYet) {
            return false;
        }
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
}
