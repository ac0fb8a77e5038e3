package org.mxhooks.database;

import java.sql.Connection;
import java.sql.DriverPropertyInfo;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.mxhooks.settings.DatabaseSettings;

/** What a test's pool takes its connections from: the same as a server's pool. The pool makes the instance. */
public final class PooledDriver implements java.sql.Driver {

    private static final Map<String, ConfiguredDataSource> BY_URL = new ConcurrentHashMap<>();

    /** Returns the URL that stands for a database. */
    static String register(DatabaseSettings settings) {
        BY_URL.put(settings.url(), new ConfiguredDataSource(TestDatabase.driver(settings)));
        return settings.url();
    }

    @Override
    public Connection connect(String url, Properties properties) {
        return BY_URL.get(url).getConnection();
    }

    @Override
    public boolean acceptsURL(String url) {
        return BY_URL.containsKey(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
