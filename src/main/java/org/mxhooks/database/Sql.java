package org.mxhooks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Statements, each in the JTA transaction of its thread, or alone where there is none. */
public record Sql(DataSource dataSource) {

    /** Makes something of the current row. */
    public interface RowMapper<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Returns how many rows were changed. */
    public int update(String sql, Object... parameters) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

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

    public <T> Optional<T> first(String sql, RowMapper<T> row, Object... parameters) throws SQLException {
        return query(sql, row, parameters).stream().findFirst();
    }

    public boolean exists(String condition, Object... parameters) throws SQLException {
        return first("select 1 where exists (" + condition + ")", row -> true, parameters)
                .isPresent();
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
