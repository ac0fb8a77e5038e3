package org.mxhooks.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.mxhooks.settings.CurrentSettings;
import org.mxhooks.settings.InvalidSettings;
import org.mxhooks.settings.Settings;

/**
 * Source of the connections of the server's pool: the database that the settings name. The server makes the instance
 * from the class name in {@link DataSourceDeclaration}, so the class and its constructor are public.
 */
public class ConfiguredDataSource implements DataSource {

    /** A server may make several instances for a pool. */
    private static final ConnectionLimit LIMIT_OF_NODE = new ConnectionLimit();

    private final Driver driver;
    private final ConnectionLimit limit;

    /** For the server. */
    public ConfiguredDataSource() {
        this(driver(), LIMIT_OF_NODE);
    }

    /**
     * The container repeats a failure's message at each try, so the list of problems stays in the one entry of the log.
     */
    private static Driver driver() {
        try {
            Settings settings = CurrentSettings.get();
            return new Driver(
                    settings.database(), SessionLimits.pool(settings.dispatch().consumerTimeout()));
        } catch (InvalidSettings e) {
            throw new IllegalStateException(
                    "mxhooks has wrong settings; see the first message of org.mxhooks in the log");
        }
    }

    ConfiguredDataSource(Driver driver) {
        this(driver, new ConnectionLimit());
    }

    private ConfiguredDataSource(Driver driver, ConnectionLimit limit) {
        this.driver = driver;
        this.limit = limit;
    }

    @Override
    public Connection getConnection() {
        return ReconnectingConnection.of(driver, limit);
    }

    /** Ignores the pool's user and password: the settings have them. */
    @Override
    public Connection getConnection(String user, String password) {
        return getConnection();
    }

    /** Takes the one property that WildFly insists on in a data source's definition. */
    public void setProfile(String profile) {
        if (!"default".equals(profile)) {
            throw new IllegalArgumentException("the only profile is default");
        }
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("logs go to the server's log");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("time-outs are parameters of mxhooks.database.url");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("the drivers have loggers of their own");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("not a wrapper for " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
