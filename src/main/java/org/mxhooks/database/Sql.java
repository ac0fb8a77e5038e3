package org.mxhooks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Statements, each in the JTA transaction of its thread, or in one of its own where there is none. */
public record Sql(DataSource dataSource) {

    /** Maps the current row. */
    public interface RowMapper<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * A parameter that is an array.
     *
     * @param values of the class that the driver encodes best
     */
    public record Array(String type, Object[] values) {

        public static Array ofBigints(Collection<Long> values) {
            return new Array("bigint", values.toArray(Long[]::new));
        }

        public static Array ofTexts(Collection<String> values) {
            return new Array("varchar", values.toArray(String[]::new));
        }

        public static Array ofUuids(Collection<UUID> values) {
            return new Array("uuid", values.toArray(UUID[]::new));
        }

        public static Array ofIntegers(Collection<Integer> values) {
            return new Array("integer", values.toArray(Integer[]::new));
        }
    }

    /** Returns how many rows were changed. */
    public int update(String sql, Object... parameters) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    /**
     * As {@link #update}, in a transaction whose commit does not wait for PostgreSQL's disk: if that crashes, what was
     * committed in the last moments is lost, the latest first.
     */
    public int updateUnsynced(String sql, Object... parameters) throws SQLException {
        return isEmbedded()
                ? update(sql, parameters)
                : query(sql + " returning set_config('synchronous_commit', 'off', true)", row -> true, parameters)
                        .size();
    }

    /** The same statement with each of these parameters; returns how many rows each changed. */
    public List<Integer> batch(String sql, List<Object[]> parameters) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] each : parameters) {
                bind(statement, each);
                statement.addBatch();
            }
            return Arrays.stream(statement.executeBatch()).boxed().toList();
        }
    }

    /** Returns the mapped rows, in their order. */
    public <T> List<T> query(String sql, RowMapper<T> row, Object... parameters) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(row.read(rows));
                }
                return found;
            }
        }
    }

    /** Returns the mapped first row; empty if there is none. */
    public <T> Optional<T> first(String sql, RowMapper<T> row, Object... parameters) throws SQLException {
        return query(sql, row, parameters).stream().findFirst();
    }

    /** Whether a query has any row. */
    public boolean exists(String query, Object... parameters) throws SQLException {
        return first("select 1 where exists (" + query + ")", row -> true, parameters)
                .isPresent();
    }

    /** Whether the database is the embedded one. */
    public boolean isEmbedded() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("H2");
        }
    }

    /**
     * The condition that a column has a value, given twice, for a query in the order of an index that begins with it.
     * Where it said that they are equal, PostgreSQL might take another index for the rest of the order, and read all of
     * a log to find that nothing in it has the value.
     */
    public static String only(String column) {
        return "%1$s >= ? and %1$s <= ?".formatted(column);
    }

    /** A column with a time; empty if it is null. */
    public static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** An instant as a parameter. */
    public static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof Array array) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf(array.type(), array.values()));
            } else {
                statement.setObject(i + 1, parameters[i]);
            }
        }
    }
}
