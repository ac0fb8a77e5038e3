package org.mxhooks.inbox;

import static java.util.stream.Collectors.joining;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Rows as one parameter for each column, an array of its values. */
final class ColumnArrays<T> {

    private final List<Column<T>> columns = new ArrayList<>();

    /** @param array makes one of the class that the driver encodes best */
    private record Column<T>(String name, String type, IntFunction<Object[]> array, Function<T, Object> value) {}

    /** A column of {@code varchar} or {@code text}. */
    ColumnArrays<T> text(String name, Function<T, String> value) {
        return column(name, "varchar", String[]::new, value::apply);
    }

    ColumnArrays<T> bigint(String name, Function<T, Long> value) {
        return column(name, "bigint", Long[]::new, value::apply);
    }

    ColumnArrays<T> bytes(String name, Function<T, byte[]> value) {
        return column(name, "bytea", byte[][]::new, value::apply);
    }

    /** @param type as both databases know it */
    ColumnArrays<T> column(String name, String type, Function<T, Object> value) {
        return column(name, type, Object[]::new, value);
    }

    private ColumnArrays<T> column(String name, String type, IntFunction<Object[]> array, Function<T, Object> value) {
        columns.add(new Column<>(name, type, array, value));
        return this;
    }

    /** The names of the columns, separated by commas. */
    String names() {
        return columns.stream().map(Column::name).collect(joining(", "));
    }

    /** The parameters, separated by commas. */
    String parameters() {
        return columns.stream()
                .map(column -> "cast(? as %s array)".formatted(column.type()))
                .collect(joining(", "));
    }

    /** Returns the index of the next parameter. */
    int bind(PreparedStatement statement, int first, List<T> rows) throws SQLException {
        int index = first;
        for (Column<T> column : columns) {
            Object[] values = rows.stream().map(column.value()).toArray(column.array());
            statement.setArray(index++, statement.getConnection().createArrayOf(column.type(), values));
        }
        return index;
    }
}
