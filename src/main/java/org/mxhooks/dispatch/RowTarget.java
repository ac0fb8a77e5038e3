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
    private final String insertNumbered;

    /**
     * @param table with its schema
     * @param columns types of its columns by their names, as both databases know them; in the order of a row's values
     */
    public RowTarget(String table, List<Map.Entry<String, String>> columns) {
        types = columns.stream().map(Map.Entry::getValue).toList();
        String arrays = types.stream().map("cast(? as %s array)"::formatted).collect(joining(", "));
        String names = columns.stream().map(Map.Entry::getKey).collect(joining(", "));
        insert = "insert into %s (%s) select given.* from unnest(%s) as given".formatted(table, names, arrays);
        insertNumbered =
                "insert into %1$s (%2$s) select %2$s from unnest(cast(? as bigint array), %3$s) as given (nr, %2$s)"
                        .formatted(table, names, arrays);
    }

    /**
     * A part of a statement that stores those of some rows whose numbers another part returns, by the array of all
     * their numbers and then {@link #arrays}.
     *
     * @param part that returns the column {@code nr}
     */
    String insertOfThoseIn(String part) {
        return insertNumbered + " where nr in (select nr from " + part + ")";
    }

    /**
     * Stores rows, each the values of the columns, in the caller's transaction. Its commit does not wait for
     * PostgreSQL's disk.
     */
    void store(List<List<Object>> rows, Sql sql) throws SQLException {
        sql.updateUnsynced(insert, arrays(rows).toArray());
    }

    /** An array for each column. */
    List<Object> arrays(List<List<Object>> rows) {
        List<Object> arrays = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            int column = i;
            arrays.add(new Sql.Array(
                    types.get(column), rows.stream().map(row -> row.get(column)).toArray()));
        }
        return arrays;
    }
}
