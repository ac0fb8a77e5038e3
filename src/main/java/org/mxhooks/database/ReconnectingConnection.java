package org.mxhooks.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A pooled connection that outlives its database's restarts. Servers do not agree on how a pool is told to validate its
 * connections, so each one looks after itself: outside a transaction, after a second of rest, it is checked before it is
 * used and opened anew where it broke. Inside a transaction it never changes: there a fault is the caller's.
 */
final class ReconnectingConnection implements InvocationHandler {

    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);
    private static final int CHECK_TIMEOUT_SECONDS = 5;

    private final Driver driver;
    private Connection connection;
    private boolean inTransaction;
    private long usedAt = System.nanoTime();

    private ReconnectingConnection(Driver driver) throws SQLException {
        this.driver = driver;
        this.connection = driver.connect();
    }

    static Connection of(Driver driver) throws SQLException {
        return (Connection) Proxy.newProxyInstance(
                ReconnectingConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new ReconnectingConnection(driver));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (startsWork(method)) {
            renewIfBroken();
        }
        try {
            Object result = method.invoke(connection, arguments);
            if (method.getName().equals("setAutoCommit")) {
                inTransaction = !(boolean) arguments[0];
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean startsWork(Method method) {
        String name = method.getName();
        return name.startsWith("prepare") || name.equals("createStatement") || name.equals("setAutoCommit");
    }

    private void renewIfBroken() throws SQLException {
        if (!inTransaction && mayBeBroken() && !connection.isValid(CHECK_TIMEOUT_SECONDS)) {
            connection.close();
            connection = driver.connect();
        }
        usedAt = System.nanoTime();
    }

    private boolean mayBeBroken() throws SQLException {
        return connection.isClosed() || System.nanoTime() - usedAt > TRUSTED_FOR.toNanos();
    }
}
