package org.mxhooks.database;

import static java.lang.System.Logger.Level.DEBUG;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * A connection of the server's pool, which gets it back as it was: no transaction, its own session parameters and
 * time-out.
 */
final class BorrowedConnection implements InvocationHandler {

    private static final System.Logger LOG = System.getLogger(BorrowedConnection.class.getName());

    private final Connection connection;
    private final Map<String, String> before;
    private final int answerBefore;

    private BorrowedConnection(Connection connection, Map<String, String> before, int answerBefore) {
        this.connection = connection;
        this.before = before;
        this.answerBefore = answerBefore;
    }

    /**
     * @param before the parameters to restore
     * @param answerBefore the network time-out to restore, in milliseconds
     */
    static Connection of(Connection connection, Map<String, String> before, int answerBefore) {
        return (Connection) Proxy.newProxyInstance(
                BorrowedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new BorrowedConnection(connection, before, answerBefore));
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
            connection.setNetworkTimeout(Runnable::run, answerBefore);
        } catch (SQLException e) {
            LOG.log(DEBUG, "Connection of the server's data source is broken; returned as it is: {0}", e.toString());
        }
    }
}
