package org.mxhooks.process.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.mxhooks.process.harness.Postgres;

/** The PostgreSQL of all receivers, each with a schema of its own. */
final class BenchDatabase implements AutoCloseable {

    static final String USER = "postgres";

    private final Postgres postgres;

    BenchDatabase(Path directory) throws IOException {
        postgres = new Postgres(directory);
        postgres.start();
    }

    Map<String, String> settingsOfMxhooks() {
        return postgres.settings();
    }

    String url() {
        return postgres.settings().get("mxhooks.database.url");
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url() + "?reWriteBatchedInserts=true", USER, null);
    }

    /** A schema with the tables of peers. */
    void createSchema(String name) throws SQLException, IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + name);
            statement.execute("set search_path to " + name);
            statement.execute(Files.readString(Path.of("src/bench/schema.sql")));
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    double number(String query) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getDouble(1);
        }
    }

    String text(String query) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
