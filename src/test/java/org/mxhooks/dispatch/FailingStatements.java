package org.mxhooks.dispatch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Connections on which statements fail, as when the database is gone. */
final class FailingStatements {

    private final Predicate<String> which;
    private final AtomicInteger times = new AtomicInteger();

    FailingStatements(Predicate<String> which) {
        this.which = which;
    }

    /** So many of them fail from now on. */
    void failNext(int statements) {
        times.set(statements);
    }

    /** How many have yet to fail. */
    int left() {
        return times.get();
    }

    DataSource dataSource(DataSource real) {
        return proxy(
                DataSource.class,
                real,
                (method, result) -> result instanceof Connection connection
                        ? proxy(Connection.class, connection, (call, statement) -> statement)
                        : result);
    }

    private interface Around {
        Object result(String method, Object result) throws Exception;
    }

    private <T> T proxy(Class<T> type, T real, Around around) {
        return type.cast(Proxy.newProxyInstance(
                FailingStatements.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")
                            && times.get() > 0
                            && which.test(((String) arguments[0]).strip())) {
                        times.decrementAndGet();
                        throw new SQLException("failed on purpose", "08006");
                    }
                    try {
                        return around.result(method.getName(), method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
