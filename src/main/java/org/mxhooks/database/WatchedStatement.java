package org.mxhooks.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Statement;

/** A statement whose failures are {@linkplain SqlFailures recorded}. */
record WatchedStatement(Statement statement) implements InvocationHandler {

    /** @param type the interface of JDBC that the caller expects */
    static Object of(Statement statement, Class<?> type) {
        return Proxy.newProxyInstance(
                WatchedStatement.class.getClassLoader(), new Class<?>[] {type}, new WatchedStatement(statement));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> pass(statement, method, arguments);
        };
    }

    static Object pass(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            SqlFailures.record(e.getCause());
            throw e.getCause();
        }
    }
}
