package org.mxhooks.operations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.process.harness.Postgres;

/**
 * A PostgreSQL that syncs as in production, with a {@link LargeLog}. It is filled without syncs, in a directory that
 * {@code -Dfilled=DIRECTORY} keeps for further runs; each works on a copy of the database.
 */
public final class FilledPostgres implements AutoCloseable {

    private static final Map<String, String> FAST = Map.of(
            "fsync", "off",
            "full_page_writes", "off",
            "synchronous_commit", "off",
            "autovacuum", "off",
            "max_wal_size", "8GB",
            "maintenance_work_mem", "1GB");

    private static final Map<String, String> AS_IN_PRODUCTION = Map.of("max_wal_size", "4GB", "shared_buffers", "1GB");

    private final Postgres server;
    private int databases;

    private FilledPostgres(Postgres server) {
        this.server = server;
    }

    /** @param scratch where it is filled if it is not kept */
    public static FilledPostgres start(LargeLog log, Path scratch) throws Exception {
        Path data =
                Optional.ofNullable(System.getProperty("filled")).map(Path::of).orElse(scratch.resolve("filled"));
        String name = "filled_%s_%s_%s_%s".formatted(schema(), log.deliveries(), log.consumers(), log.parked());
        Path mark = data.resolveSibling(data.getFileName() + "." + name);
        if (!Files.exists(mark)) {
            fill(log, data, name);
            Files.writeString(mark, "");
        }
        FilledPostgres filled = new FilledPostgres(new Postgres(data, AS_IN_PRODUCTION));
        filled.server.start();
        filled.execute("drop database if exists work");
        filled.execute("create database work template " + name + " strategy file_copy");
        return filled;
    }

    private static void fill(LargeLog log, Path data, String name) throws Exception {
        try (FilledPostgres filling = new FilledPostgres(new Postgres(data, FAST))) {
            filling.server.start();
            filling.execute("drop database if exists " + name);
            filling.execute("create database " + name);
            TestDatabase.at(filling.url(name)).migrated().close();
            try (Connection connection = filling.connect(name)) {
                log.fill(connection);
            }
        }
    }

    /** Another schema is another log. */
    private static long schema() {
        try (InputStream schema = FilledPostgres.class.getResourceAsStream("/org/mxhooks/database/V1__schema.sql")) {
            CRC32 sum = new CRC32();
            sum.update(schema.readAllBytes());
            return sum.getValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The copy of the large log. */
    public String url() {
        return url("work");
    }

    /** A new database beside it. */
    public String empty() throws SQLException {
        String name = "empty_" + ++databases;
        execute("drop database if exists " + name);
        execute("create database " + name);
        return url(name);
    }

    private String url(String database) {
        return server.settings().get("mxhooks.database.url").replaceFirst("/postgres$", "/" + database);
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "postgres", "");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
