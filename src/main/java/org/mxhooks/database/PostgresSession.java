package org.mxhooks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A session of PostgreSQL, whoever's driver opened it: only JDBC and SQL are used.
 *
 * @param connection to the database
 */
record PostgresSession(Connection connection) {

    private static final String PRODUCT = "PostgreSQL";
    private static final String ENCODING = "UTF8";

    /** Else a statement whose client was cut off runs on with its locks: it would be noticed with the answer. */
    static final String CLIENT_CHECK = "client_connection_check_interval";

    private static final String CLIENT_CHECK_MILLIS = "1000";
    private static final int CLIENT_CHECK_SINCE = 14;
    private static final String INVALID_VALUE = "22023";

    int serverVersion() throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion();
    }

    /**
     * Any other encoding has no place for some of the texts that a portal sends, or keeps bytes that are none.
     *
     * @param setting that names the database
     * @throws UnsuitableDatabase if it is another encoding, or no PostgreSQL
     */
    void requireEncoding(String setting) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        if (!PRODUCT.equals(product)) {
            throw new UnsuitableDatabase(
                    "The database of %s is %s; set it to a PostgreSQL".formatted(setting, product));
        }
        try (Statement statement = connection.createStatement();
                ResultSet encoding = statement.executeQuery("select current_setting('server_encoding')")) {
            encoding.next();
            if (!ENCODING.equals(encoding.getString(1))) {
                throw new UnsuitableDatabase(
                        "The database of %s has the encoding %s, which cannot keep every text; create one with encoding 'UTF8' and set %s to it"
                                .formatted(setting, encoding.getString(1), setting));
            }
        }
    }

    /** Sets parameters until the session ends. */
    void set(Map<String, String> parameters) throws SQLException {
        try (PreparedStatement set =
                connection.prepareStatement(select(parameters.keySet(), "set_config(?, ?, false)"))) {
            int index = 1;
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                set.setString(index++, parameter.getKey());
                set.setString(index++, parameter.getValue());
            }
            set.execute();
        }
    }

    boolean knowsClientCheck() throws SQLException {
        return serverVersion() >= CLIENT_CHECK_SINCE;
    }

    /** Ends statements of a client that is gone, where the server's platform can notice. */
    void checkClient() throws SQLException {
        if (!knowsClientCheck()) {
            return;
        }
        try {
            set(Map.of(CLIENT_CHECK, CLIENT_CHECK_MILLIS));
        } catch (SQLException e) {
            if (!INVALID_VALUE.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    /** The values of parameters. */
    Map<String, String> get(Collection<String> names) throws SQLException {
        Map<String, String> values = new LinkedHashMap<>();
        try (PreparedStatement get = connection.prepareStatement(select(names, "current_setting(?)"))) {
            int index = 1;
            for (String name : names) {
                get.setString(index++, name);
            }
            try (ResultSet row = get.executeQuery()) {
                row.next();
                index = 1;
                for (String name : names) {
                    values.put(name, row.getString(index++));
                }
            }
        }
        return values;
    }

    private static String select(Collection<String> names, String expression) {
        return names.stream().map(name -> expression).collect(Collectors.joining(", ", "select ", ""));
    }
}
