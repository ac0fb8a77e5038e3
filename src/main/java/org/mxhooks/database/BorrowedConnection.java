package org.mxhooks.database;

import static java.lang.System.Logger.Level.DEBUG;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** A connection of the server's pool, which gets it back as it was: no transaction, and its own session parameters. */
final class BorrowedConnection implements InvocationHandler {

    private static final System.Logger LOG = System.getLogger(BorrowedConnection.class.getName());

    private final Connection connection;
    private final Map<String, String> before;

    private BorrowedConnection(Connection connection, Map<String, String> before) {
        this.connection = connection;
        this.before = before;
    }

    /** @param before the parameters to restore */
    static Connection of(Connection connection, Map<String, String> before) {
        return (Connection) Proxy.newProxyInstance(
                BorrowedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new BorrowedConnection(connection, before));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("close")) {
            giveBack();
            return null;
        }
        if (method.getName().equals("equals")) {
            return proxy == arguments[0];
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void giveBack() throws SQLException {
        try (connection) {
            if (!connection.isClosed()) {
                restore();
            }
        }
    }

    /** A session that does not respond is lost: the server's pool finds out by its own validation. */
    private void restore() {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            new PostgresSession(connection).set(before);
        } catch (SQLException e) {
            LOG.log(DEBUG, "Connection of the server's data source is broken; returned as it is: {0}", e.toString());
        }
    }
}
