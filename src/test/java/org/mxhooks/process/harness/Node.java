package org.mxhooks.process.harness;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.mxhooks.Ports;
import org.mxhooks.companion.Ledger;

/** A server that shares its database and its broker with another, and comes back at the same port. */
public final class Node implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final String name;
    private Path war;
    private final int port;
    private final Map<String, String> settings;
    private final Books books;
    private PayaraMicro server;
    private UUID id;

    /** One that is not running yet. */
    public Node(String name, Path war, Map<String, String> settings, Books books) throws IOException {
        this.name = name;
        this.war = war;
        this.port = Ports.free();
        this.settings = new HashMap<>(settings);
        this.settings.put(Ledger.NODE, name);
        this.books = books;
    }

    /** Returns when the database knows it. */
    public void start() throws IOException, SQLException {
        Set<UUID> others = books.nodes();
        server = PayaraMicro.with(settings)
                .postBoot(Broker.ADAPTER)
                .war(war)
                .port(port)
                .start();
        id = await().atMost(SOON)
                .until(
                        () -> books.nodes().stream()
                                .filter(node -> !others.contains(node))
                                .findAny(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    /** As {@link #start}, with another WAR. */
    public void startWith(Path otherWar) throws IOException, SQLException {
        war = otherWar;
        start();
    }

    public String name() {
        return name;
    }

    /** Under which it owns lanes; another one after each start. */
    public UUID id() {
        return id;
    }

    public URI application() {
        return Server.application(port);
    }

    public void killNine() {
        server.killNine();
    }

    public void pause() throws IOException, InterruptedException {
        server.pause();
    }

    public void resume() throws IOException, InterruptedException {
        server.resume();
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
