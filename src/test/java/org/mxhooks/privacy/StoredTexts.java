package org.mxhooks.privacy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mxhooks.database.Sql;

/** Every text and all bytes of a database, whatever tables it has. */
public final class StoredTexts {

    private static final String COLUMNS = """
            select table_name || '.' || column_name from information_schema.columns where table_schema = 'mxhooks'
            and (lower(data_type) like 'character%' or lower(data_type) like 'binary%'
            or lower(data_type) in ('text', 'bytea')) and table_name <> 'flyway_schema_history' order by 1""";

    private StoredTexts() {}

    /** Those with texts or bytes, as {@code table.column}. */
    public static List<String> columns(Sql sql) throws SQLException {
        return sql.query(COLUMNS, row -> row.getString(1));
    }

    /** The columns that have a text somewhere, in any case. */
    public static List<String> naming(Sql sql, String text) throws SQLException {
        String wanted = text.toLowerCase(Locale.ROOT);
        List<String> naming = new ArrayList<>();
        for (String column : columns(sql)) {
            String[] parts = column.split("\\.");
            boolean named = sql
                    .query("select %s from mxhooks.%s".formatted(parts[1], parts[0]), row -> {
                        Object value = row.getObject(1);
                        return value instanceof byte[] bytes
                                ? new String(bytes, UTF_8) + new String(bytes, ISO_8859_1)
                                : String.valueOf(row.getString(1));
                    })
                    .stream()
                    .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(wanted));
            if (named) {
                naming.add(column);
            }
        }
        return naming;
    }
}
