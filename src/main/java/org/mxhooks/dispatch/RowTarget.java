package org.mxhooks.dispatch;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mxhooks.database.Sql;

/** A table that rows of asynchronous consumers go into: any number of them by one statement. */
public final class RowTarget {

    private final List<String> types;
    private final String insert;

    /**
     * @param table with its schema
     * @param columns types of its columns by their names, as both databases know them; in the order of a row's values
     */
    public RowTarget(String table, List<Map.Entry<String, String>> columns) {
        types = columns.stream().map(Map.Entry::getValue).toList();
        String arrays = types.stream().map("cast(? as %s array)"::formatted).collect(joining(", "));
        insert = "insert into %s (%s) select given.* from unnest(%s) as given"
                .formatted(table, columns.stream().map(Map.Entry::getKey).collect(joining(", ")), arrays);
    }

    /**
     * Stores rows, each the values of the columns, in the caller's transaction. Its commit does not wait for
     * PostgreSQL's disk.
     */
    void store(List<List<Object>> rows, Sql sql) throws SQLException {
        List<Object> arrays = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            int column = i;
            arrays.add(new Sql.Array(
                    types.get(column), rows.stream().map(row -> row.get(column)).toArray()));
        }
        sql.updateUnsynced(insert, arrays.toArray());
    }
}
