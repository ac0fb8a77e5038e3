package org.mxhooks.privacy;

import static java.util.stream.Collectors.joining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TextTable;
import org.mxhooks.database.TextTable.KeyColumn;

/**
 * Goes through a table in the order of its key, a bounded piece at a time, and replaces a person in its texts. A row
 * that is to be changed is locked and read again first: others may have changed it meanwhile.
 */
record Sweep(Sql sql, Redaction redaction) {

    private static final int MAX_ROWS = 500;
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    /**
     * A piece of a table.
     *
     * @param last key of its last row; empty where there was none
     * @param rows how many it has
     * @param named how many of them name the person
     */
    record Piece(Optional<List<String>> last, int rows, int named) {}

    /** A row: its key and its texts, by column. */
    private record Row(List<String> key, Map<String, Object> texts) {}

    private record Sized(List<String> key, long bytes) {}

    /**
     * Goes through the next piece.
     *
     * @param after the key of the last row before it; empty at the beginning
     * @param change whether the person is replaced; else only counted
     */
    Piece next(TextTable table, List<String> after, boolean change) throws SQLException {
        List<Sized> piece = piece(table, after);
        if (piece.isEmpty()) {
            return new Piece(Optional.empty(), 0, 0);
        }
        List<Row> rows = rows(table, after, piece.size());
        int named = 0;
        for (Row row : rows) {
            if (!changes(table, row).isEmpty() && (!change || change(table, row.key()))) {
                named++;
            }
        }
        return new Piece(rows.stream().map(Row::key).reduce((one, next) -> next), rows.size(), named);
    }

    /** By their sizes first: 500 bodies may be half a gigabyte. */
    private List<Sized> piece(TextTable table, List<String> after) throws SQLException {
        String bytes = table.texts().stream()
                .map(column -> "coalesce(octet_length(%s), 0)".formatted(column))
                .collect(joining(" + "));
        List<Sized> next = sql.query(
                "select %s, %s as bytes from mxhooks.%s where %s order by %s limit %s"
                        .formatted(names(table), bytes, table.name(), beyond(table, after), names(table), MAX_ROWS),
                row -> new Sized(key(table, row), row.getLong("bytes")),
                parameters(table, after));
        List<Sized> piece = new ArrayList<>();
        long total = 0;
        for (Sized row : next) {
            total += row.bytes();
            if (!piece.isEmpty() && total > MAX_BYTES) {
                break;
            }
            piece.add(row);
        }
        return piece;
    }

    /** As many as were sized, in the same order: others may have come in between, so that the piece ends earlier. */
    private List<Row> rows(TextTable table, List<String> after, int limit) throws SQLException {
        return sql.query(
                "select %s, %s from mxhooks.%s where %s order by %s limit %s"
                        .formatted(
                                names(table),
                                String.join(", ", table.texts()),
                                table.name(),
                                beyond(table, after),
                                names(table),
                                limit),
                row -> row(table, row),
                parameters(table, after));
    }

    private boolean change(TextTable table, List<String> key) throws SQLException {
        String where = table.key().stream()
                .map(column -> column.name() + " = " + cast(column))
                .collect(joining(" and "));
        Optional<Row> locked = sql.first(
                "select %s, %s from mxhooks.%s where %s for update"
                        .formatted(names(table), String.join(", ", table.texts()), table.name(), where),
                row -> row(table, row),
                key.toArray());
        Map<String, Object> changes = locked.isPresent() ? changes(table, locked.get()) : Map.of();
        if (changes.isEmpty()) {
            return false;
        }
        if (table.deleted()) {
            sql.update("delete from mxhooks.%s where %s".formatted(table.name(), where), key.toArray());
        } else {
            String set = Stream.concat(
                            changes.keySet().stream().map(column -> column + " = ?"),
                            Stream.of(table.mark()).filter(mark -> !mark.isEmpty()))
                    .collect(joining(", "));
            sql.update(
                    "update mxhooks.%s set %s where %s".formatted(table.name(), set, where),
                    Stream.concat(changes.values().stream(), key.stream()).toArray());
        }
        return true;
    }

    /** The texts that change, by their columns. */
    private Map<String, Object> changes(TextTable table, Row row) {
        Map<String, Object> changes = new LinkedHashMap<>();
        boolean described = table.person().stream()
                .map(row.texts()::get)
                .anyMatch(value -> value instanceof Text text && redaction.isPerson(text.value()));
        row.texts().forEach((column, value) -> {
            if (value instanceof byte[] bytes) {
                redaction.of(bytes).ifPresent(changed -> changes.put(column, changed));
            } else if (value instanceof Text text) {
                boolean ofPerson = described && table.person().contains(column);
                Optional<String> changed = ofPerson ? redaction.whole(text.value()) : redaction.of(text.value());
                changed.ifPresent(shorter -> changes.put(column, text.fitting(shorter)));
            }
        });
        return changes;
    }

    /**
     * A text of a column.
     *
     * @param max how many characters the column holds
     */
    private record Text(String value, int max) {
        String fitting(String changed) {
            return max > 0 && changed.length() > max ? changed.substring(0, max) : changed;
        }
    }

    private static Row row(TextTable table, ResultSet row) throws SQLException {
        Map<String, Object> texts = new LinkedHashMap<>();
        for (String column : table.texts()) {
            int index = row.findColumn(column);
            Object value = row.getObject(index);
            if (value instanceof byte[]) {
                texts.put(column, value);
            } else if (value != null) {
                texts.put(
                        column, new Text(row.getString(index), row.getMetaData().getPrecision(index)));
            }
        }
        return new Row(key(table, row), texts);
    }

    private static List<String> key(TextTable table, ResultSet row) throws SQLException {
        List<String> key = new ArrayList<>();
        for (int i = 1; i <= table.key().size(); i++) {
            key.add(row.getString(i));
        }
        return key;
    }

    private static String names(TextTable table) {
        return table.key().stream().map(KeyColumn::name).collect(joining(", "));
    }

    private static String casts(TextTable table) {
        return table.key().stream().map(Sweep::cast).collect(joining(", "));
    }

    private static String cast(KeyColumn column) {
        return "cast(? as " + column.type() + ")";
    }

    private static String tuple(String columns) {
        return columns.contains(", ") ? "(" + columns + ")" : columns;
    }

    /** The first column is compared by itself too, because H2 uses no index for a tuple. */
    private static String beyond(TextTable table, List<String> after) {
        String only = table.only().isEmpty() ? "" : " and " + table.only();
        if (after.isEmpty()) {
            return "true" + only;
        }
        KeyColumn first = table.key().get(0);
        String prefix = table.key().size() == 1 ? "" : first.name() + " >= " + cast(first) + " and ";
        return prefix + tuple(names(table)) + " > " + tuple(casts(table)) + only;
    }

    private static Object[] parameters(TextTable table, List<String> after) {
        boolean twice = table.key().size() > 1 && !after.isEmpty();
        return Stream.concat(twice ? Stream.of(after.get(0)) : Stream.empty(), after.stream())
                .toArray();
    }
}
