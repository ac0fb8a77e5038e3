package org.mxhooks.portal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One transaction, and what is to be said of it once it is committed. Times are milliseconds since the epoch. */
final class PortalTransaction {

    /** Reads one row. */
    @FunctionalInterface
    interface RowReader<T> {
        T map(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final List<FeedItem> changes = new ArrayList<>();
    private final Set<String> webhooks = new LinkedHashSet<>();

    PortalTransaction(Connection connection) {
        this.connection = connection;
    }

    int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** Inserts a row; returns the number that the database gave it. */
    long insert(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            bind(statement, values);
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    <T> List<T> list(String sql, RowReader<T> mapper, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(mapper.map(rows));
                }
                return found;
            }
        }
    }

    <T> Optional<T> first(String sql, RowReader<T> mapper, Object... values) throws SQLException {
        return list(sql, mapper, values).stream().findFirst();
    }

    /** A number that there is always, as of {@code count(*)}. */
    long number(String sql, Object... values) throws SQLException {
        return first(sql, row -> row.getLong(1), values).orElseThrow();
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i] instanceof Optional<?> optional ? optional.orElse(null) : values[i]);
        }
    }

    void changed(FeedItem item) {
        changes.add(item);
    }

    /** There is work for a webhook, or it was changed. */
    void wake(String webhook) {
        webhooks.add(webhook);
    }

    List<FeedItem> changes() {
        return changes;
    }

    Set<String> webhooks() {
        return webhooks;
    }
}
