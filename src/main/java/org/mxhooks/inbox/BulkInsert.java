package org.mxhooks.inbox;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Inserts many rows in one statement, whose parameters are an array for each column. */
final class BulkInsert<T> {

    private final String table;
    private final List<Column<T>> columns = new ArrayList<>();
    private final List<String> times = new ArrayList<>();
    private String sql;
    private String sqlWithNext;

    BulkInsert(String table) {
        this.table = table;
    }

    /** @param array makes one of the class that the driver encodes best */
    private record Column<T>(String name, String type, IntFunction<Object[]> array, Function<T, Object> value) {}

    /** A column of {@code varchar} or {@code text}. */
    BulkInsert<T> text(String name, Function<T, String> value) {
        return column(name, "varchar", String[]::new, value::apply);
    }

    BulkInsert<T> bigint(String name, Function<T, Long> value) {
        return column(name, "bigint", Long[]::new, value::apply);
    }

    BulkInsert<T> bytes(String name, Function<T, byte[]> value) {
        return column(name, "bytea", byte[][]::new, value::apply);
    }

    /** @param type as both databases know it */
    BulkInsert<T> column(String name, String type, Function<T, Object> value) {
        return column(name, type, Object[]::new, value);
    }

    /** A column that has the time of the transaction. */
    BulkInsert<T> now(String name) {
        times.add(name);
        return this;
    }

    private BulkInsert<T> column(String name, String type, IntFunction<Object[]> array, Function<T, Object> value) {
        columns.add(new Column<>(name, type, array, value));
        return this;
    }

    /** Inserts into this table and then another, always the same, in one trip to the database. */
    void execute(Connection connection, List<T> rows, BulkInsert<T> next) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        sqlWithNext = sqlWithNext == null ? sql() + "; " + next.sql() : sqlWithNext;
        try (PreparedStatement insert = connection.prepareStatement(sqlWithNext)) {
            bind(insert, 1, rows);
            next.bind(insert, 1 + columns.size(), rows);
            insert.execute();
        }
    }

    void execute(Connection connection, List<T> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        sql = sql == null ? sql() : sql;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            bind(insert, 1, rows);
            insert.execute();
        }
    }

    private void bind(PreparedStatement insert, int first, List<T> rows) throws SQLException {
        int index = first;
        for (Column<T> column : columns) {
            Object[] values = rows.stream().map(column.value()).toArray(column.array());
            insert.setArray(index++, insert.getConnection().createArrayOf(column.type(), values));
        }
    }

    private String sql() {
        String names = Stream.concat(columns.stream().map(Column::name), times.stream())
                .collect(joining(", "));
        String arrays = columns.stream()
                .map(column -> "cast(? as %s array)".formatted(column.type()))
                .collect(joining(", "));
        String now = ", current_timestamp".repeat(times.size());
        return "insert into %s (%s) select given.*%s from unnest(%s) as given".formatted(table, names, now, arrays);
    }
}
