package org.mxhooks.monitoring;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadFactory;
import org.mxhooks.database.Database;

/** Checks that the database responds, on a separate connection: the pool would log each failure. */
@ApplicationScoped
class DatabaseProbe {

    @Resource
    ManagedThreadFactory managedThreads;

    @Inject
    Database database;

    private CachedProbe<Boolean> signOfLife;

    static DatabaseProbe of(Database database, ThreadFactory threads) {
        DatabaseProbe probe = new DatabaseProbe();
        probe.database = database;
        probe.open(threads);
        return probe;
    }

    @PostConstruct
    void open() {
        open(managedThreads);
    }

    private void open(ThreadFactory threads) {
        signOfLife = CachedProbe.onThread(threads, this::ask);
    }

    /** Whether the tables are there and the database answers; never takes longer than a few seconds. */
    boolean answers() {
        return database.isOpen() && signOfLife.result().orElse(false);
    }

    /** What a stranger may know of why it does not answer. */
    String reason() {
        return database.isUnsuitable()
                ? "it is not suitable; see the log"
                : "it does not respond, or has not responded since the start";
    }

    private boolean ask() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1")) {
            return row.next();
        }
    }
}
