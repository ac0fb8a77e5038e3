package com.example.jakarta;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What the server's pool takes its connections from. */
public class ConfiguredDataSource implements DataSource {

    private final PGSimpleDataSource postgres = new PGSimpleDataSource();

    public ConfiguredDataSource() {
        postgres.setURL(System.getProperty("receiver.url"));
        postgres.setUser("postgres");
    }

    @Override
    public Connection getConnection() throws SQLException {
        return postgres.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return postgres.getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return postgres.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        postgres.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) {
        postgres.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() {
        return postgres.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.postgresql");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return postgres.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return postgres.isWrapperFor(type);
    }
}
