package org.mxhooks.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A connection that its owner has for itself, outside the pool and outside JTA: nobody else can hold it up. It is
 * opened on first use, and anew after {@link #close()}; each statement is a transaction of its own. Not safe for use by
 * several threads at once.
 */
public final class OwnSession implements AutoCloseable {

    private final Database database;
    private final boolean plansOnce;
    private Connection connection;

    public OwnSession(Database database) {
        this(database, false);
    }

    private OwnSession(Database database, boolean plansOnce) {
        this.database = database;
        this.plansOnce = plansOnce;
    }

    /**
     * One for statements that are repeated often and look rows up by keys: PostgreSQL plans each once, for any
     * parameters, and reads no table without an index.
     */
    public static OwnSession planningOnce(Database database) {
        return new OwnSession(database, true);
    }

    /** Statements on this connection. */
    public Sql sql() {
        return new Sql(proxy(DataSource.class, (method, arguments) -> {
            if (method.getName().equals("getConnection")) {
                return proxy(Connection.class, this::invoke);
            }
            throw new UnsupportedOperationException(method.toString());
        }));
    }

    /** The connection stays open when it is given back. */
    private Object invoke(Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("close")) {
            return null;
        }
        if (connection == null) {
            connection = plansOnce ? database.connectPlanningOnce() : database.connect();
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** To be called also after a failure, so that the next statement gets a new connection. */
    @Override
    public void close() throws SQLException {
        Connection before = connection;
        connection = null;
        if (before != null) {
            before.close();
        }
    }

    private interface Call {
        Object on(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                OwnSession.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.on(method, arguments)));
    }
}
