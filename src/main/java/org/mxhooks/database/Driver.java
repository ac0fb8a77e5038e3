package org.mxhooks.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.mxhooks.settings.DatabaseSettings;
import org.mxhooks.settings.Secret;
import org.postgresql.PGProperty;

/**
 * Opens connections to the configured database; socket time-outs and {@code currentSchema} in the URL take precedence
 * over the defaults here.
 *
 * @param settings where to, and as whom
 * @param limits of its sessions; the embedded database has no need of them
 */
record Driver(DatabaseSettings settings, SessionLimits limits) {

    /**
     * {@code WRITE_DELAY=0}: a commit reaches the file, so that a killed process loses none; a short lock time-out
     * would turn the wait for a busy head into an error. No trace file: it would have statements with what they say,
     * readable for others.
     */
    private static final String H2_OPTIONS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;LOCK_TIMEOUT=8000"
                    + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * Where unqualified names of companions' tables are found, whatever the role is called: it may be the name of our
     * schema.
     */
    private static final String COMPANIONS_SCHEMA = "public";

    /** @throws SQLException with a message that names the settings and the cause, and no password */
    Connection connect() throws SQLException {
        if (settings.jndi().isPresent()) {
            return borrow(settings.jndi().get());
        }
        return settings.embedded() ? new EmbeddedDriver().connect(url(), credentials()) : connectToPostgres();
    }

    private Connection connectToPostgres() throws SQLException {
        Connection connection = openPostgres();
        try {
            PostgresSession session = new PostgresSession(connection);
            session.requireEncoding("mxhooks.database.url");
            session.set(parameters(session, PGProperty.CURRENT_SCHEMA.getOrDefault(effective())));
            session.checkClient();
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection of the server's, which has no parameters of ours; they are set while it is borrowed. */
    private Connection borrow(String jndi) throws SQLException {
        Connection connection = new ServerDataSource(jndi).connect();
        try {
            PostgresSession session = new PostgresSession(connection);
            session.requireEncoding("mxhooks.database.jndi");
            Map<String, String> parameters = parameters(session, COMPANIONS_SCHEMA);
            Set<String> changed = new LinkedHashSet<>(parameters.keySet());
            if (session.knowsClientCheck()) {
                changed.add(PostgresSession.CLIENT_CHECK);
            }
            Map<String, String> before = session.get(changed);
            int answerBefore = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, limits.answerMillis(answerBefore));
            session.set(parameters);
            session.checkClient();
            return BorrowedConnection.of(connection, before, answerBefore);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Search path and name are also parameters of the connection, to which a reset returns; a pooler in between may
     * drop those. Whatever name the URL gives, other nodes must know whose session it is.
     */
    private Map<String, String> parameters(PostgresSession session, String searchPath) throws SQLException {
        Map<String, String> parameters = new LinkedHashMap<>(limits.parameters(session.serverVersion()));
        parameters.put("search_path", searchPath);
        parameters.put("application_name", NodeSessions.APPLICATION);
        return parameters;
    }

    /** What the URL says wins. */
    private Properties effective() {
        return org.postgresql.Driver.parseURL(url(), postgres());
    }

    private Connection openPostgres() throws SQLException {
        try {
            return new org.postgresql.Driver().connect(url(), postgres());
        } catch (SQLException e) {
            String cause = e.getCause() == null ? "" : " (" + e.getCause() + ")";
            throw new SQLException(
                    "no connection with mxhooks.database.url, .user and .password as they are set: " + e.getMessage()
                            + cause,
                    e.getSQLState(),
                    e);
        }
    }

    /**
     * Takes back that the drivers registered themselves when they were loaded: the JVM would keep them, and with them
     * this deployment's class loader, after its end. Nobody here needs the registration.
     */
    static void deregister() throws SQLException {
        List<java.sql.Driver> ours = DriverManager.drivers()
                .filter(driver -> driver.getClass().getClassLoader() == Driver.class.getClassLoader())
                .toList();
        for (java.sql.Driver driver : ours) {
            DriverManager.deregisterDriver(driver);
        }
    }

    String url() {
        return settings.embedded() ? settings.url() + H2_OPTIONS : settings.url();
    }

    private Properties postgres() {
        Properties properties = credentials();
        properties.setProperty("ApplicationName", NodeSessions.APPLICATION);
        properties.setProperty("connectTimeout", seconds(CONNECT_TIMEOUT));
        properties.setProperty("loginTimeout", seconds(CONNECT_TIMEOUT));
        properties.setProperty("socketTimeout", seconds(limits.answer()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("currentSchema", COMPANIONS_SCHEMA);
        return properties;
    }

    private Properties credentials() {
        Properties properties = new Properties();
        settings.user().ifPresent(user -> properties.setProperty("user", user));
        settings.password().map(Secret::value).ifPresent(password -> properties.setProperty("password", password));
        return properties;
    }

    private static String seconds(Duration duration) {
        return String.valueOf(duration.toSeconds());
    }
}
