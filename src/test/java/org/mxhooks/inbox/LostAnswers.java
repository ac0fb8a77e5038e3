package org.mxhooks.inbox;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** Commits that succeed without an answer, whether by JDBC or at the end of a statement: the connection breaks. */
final class LostAnswers {

    private final AtomicInteger left = new AtomicInteger();

    /** So many of the next. */
    void lose(int commits) {
        left.set(commits);
    }

    int left() {
        return left.get();
    }

    Connection of(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = invoke(method, connection, arguments);
            if (method.getName().equals("commit")) {
                lose(connection);
            }
            return method.getName().equals("prepareStatement") && ((String) arguments[0]).endsWith("; commit")
                    ? committing(connection, (PreparedStatement) result)
                    : result;
        });
    }

    private PreparedStatement committing(Connection connection, PreparedStatement statement) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            Object result = invoke(method, statement, arguments);
            if (method.getName().equals("execute")) {
                lose(connection);
            }
            return result;
        });
    }

    private void lose(Connection connection) throws SQLException {
        if (left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            connection.close();
            throw new SQLException("injected", "08006");
        }
    }

    private interface Call {
        Object on(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                LostAnswers.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.on(method, arguments)));
    }

    private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
