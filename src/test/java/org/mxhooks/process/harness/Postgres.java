package org.mxhooks.process.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.mxhooks.Ports;

/** A PostgreSQL that can go away and come back at the same port with the same data, synced as in production. */
public final class Postgres implements AutoCloseable {

    private final Path data;
    private final int port;
    private final Map<String, String> additional;
    private EmbeddedPostgres running;

    /** One that is not running yet. */
    public Postgres(Path data) throws IOException {
        this(data, Map.of());
    }

    /** @param additional what else is in its configuration */
    public Postgres(Path data, Map<String, String> additional) throws IOException {
        this.data = data;
        this.additional = additional;
        this.port = Ports.free();
    }

    public void start() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on");
        additional.forEach(builder::setServerConfig);
        running = builder.start();
    }

    public void stop() throws IOException {
        running.close();
        running = null;
    }

    /** SIGKILL to the postmaster; its children end by themselves. Returns when all are gone. */
    public void killNine() throws IOException {
        ProcessHandle postmaster = postmaster();
        List<ProcessHandle> children = postmaster.children().toList();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
        children.forEach(child -> child.onExit().join());
        stop(); // unlocks the data directory
    }

    /** Its first process, whose children are the others. */
    public ProcessHandle postmaster() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Settings of mxhooks to use it. */
    public Map<String, String> settings() {
        return Map.of(
                "mxhooks.database.url",
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "mxhooks.database.user",
                "postgres");
    }

    /** As its owner. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(settings().get("mxhooks.database.url"), "postgres", null);
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What is first in the first row. */
    public long number(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws IOException {
        if (running != null) {
            stop();
        }
    }
}
