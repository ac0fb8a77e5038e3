package org.mxhooks.mirror;

import static java.util.stream.Collectors.joining;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.mxhooks.database.Sql;

/**
 * The rows that the mirror has of an app in one of its tables, page by page in the order of a key.
 *
 * @param name what they are, for people and as the name of a file
 */
public record AppRows(String name, String table, List<String> key) {

    /** All that the mirror has of an app. */
    public static final List<AppRows> ALL = List.of(
            new AppRows("stories", "story", List.of("story_id")),
            new AppRows("story-versions", "story_version", List.of("story_id", "delivery")),
            new AppRows("sprints", "sprint", List.of("sprint_id")),
            new AppRows("sprint-versions", "sprint_version", List.of("sprint_id", "delivery")),
            new AppRows("alerts", "alert", List.of("position")),
            new AppRows("alert-versions", "alert_version", List.of("position")),
            new AppRows("pushes", "push", List.of("received_at", "position")),
            new AppRows("packages", "package", List.of("position")));

    private static final int LIMIT = 200;

    /** Counts changes of a row; means nothing outside. */
    private static final String REVISION = "revision";

    /**
     * A page: at most 200 rows.
     *
     * @param rows texts, numbers, booleans and instants by column
     * @param last the key of the last row; empty where there is none
     */
    public record Page(List<Map<String, Object>> rows, List<Object> last) {}

    /** @param after the key of the last row of the page before; empty for the first page */
    public Page page(Sql sql, String appId, List<Object> after) throws SQLException {
        List<Object> last = new ArrayList<>();
        List<Map<String, Object>> rows = sql.query(
                query(!after.isEmpty()),
                row -> {
                    last.clear();
                    for (String column : key) {
                        last.add(row.getObject(column));
                    }
                    return values(row);
                },
                Stream.of(Stream.of(appId), after.stream().limit(1), after.stream())
                        .flatMap(parameters -> parameters)
                        .toArray());
        return new Page(rows, List.copyOf(last));
    }

    /** @param further whether it is for another page than the first */
    String query(boolean further) {
        // The first column by itself too, because H2 uses no index for a tuple.
        String beyond = further
                ? " and %s >= ? and (%s) > (%s)"
                        .formatted(
                                key.get(0),
                                String.join(", ", key),
                                key.stream().map(any -> "?").collect(joining(", ")))
                : "";
        return "select * from mxhooks.%s where app_id = ?%s order by app_id, %s limit %s"
                .formatted(table, beyond, String.join(", ", key), LIMIT);
    }

    private static Map<String, Object> values(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnName(i);
            Object value = row.getObject(i);
            if (value != null && !name.equals(REVISION)) {
                values.put(name, value(row, i, columns.getColumnTypeName(i), value));
            }
        }
        return values;
    }

    private static Object value(ResultSet row, int index, String type, Object value) throws SQLException {
        if (type.toLowerCase(Locale.ROOT).startsWith("timestamp")) {
            return row.getObject(index, OffsetDateTime.class).toInstant();
        }
        return value instanceof Number || value instanceof Boolean ? value : row.getString(index);
    }
}
