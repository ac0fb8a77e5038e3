package org.mxhooks.dispatch;

import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The database as a node sees it that dies at a boundary: before or after one of its writes or commits. From then on
 * nothing of it reaches the database, and what it had not committed is rolled back, as when a process is killed.
 */
final class MortalNode {

    private static final String DEAD = "the node is dead";

    private final Optional<Boundary> dies;
    private final Map<String, Integer> passed = new ConcurrentHashMap<>();
    private final ThreadLocal<String> lastWrite = ThreadLocal.withInitial(() -> "nothing");
    private volatile boolean dead;

    /** The so-and-so-many-th time that a node is before or after a statement. */
    record Boundary(String label, int occurrence) {}

    private MortalNode(Optional<Boundary> dies) {
        this.dies = dies;
    }

    static MortalNode living() {
        return new MortalNode(Optional.empty());
    }

    static MortalNode dyingAt(Boundary boundary) {
        return new MortalNode(Optional.of(boundary));
    }

    @Override
    public String toString() {
        return dies.map(boundary -> "a node that dies " + boundary).orElse("a node that lives");
    }

    boolean isDead() {
        return dead;
    }

    /** How often each boundary was passed. */
    Map<String, Integer> passed() {
        return Map.copyOf(passed);
    }

    DataSource dataSource(DataSource real) {
        return proxy(DataSource.class, real, (method, arguments, call) -> {
            Object result = call.run();
            return result instanceof Connection connection ? connection(connection) : result;
        });
    }

    private Connection connection(Connection real) {
        return proxy(Connection.class, real, (method, arguments, call) -> {
            if (!method.getName().equals("prepareStatement")) {
                return call.run();
            }
            if (dead) {
                throw new SQLException(DEAD, "57P01");
            }
            return statement((PreparedStatement) call.run(), nameOf((String) arguments[0]));
        });
    }

    private PreparedStatement statement(PreparedStatement real, String name) {
        return proxy(PreparedStatement.class, real, (method, arguments, call) -> {
            if (!List.of("executeUpdate", "executeBatch").contains(method.getName())) {
                return call.run();
            }
            lastWrite.set(name);
            return between(name, () -> new SQLException(DEAD, "57P01"), call);
        });
    }

    UserTransaction transaction(UserTransaction real) {
        return proxy(
                UserTransaction.class,
                real,
                (method, arguments, call) -> method.getName().equals("commit")
                        ? between("the commit of " + lastWrite.get(), () -> new SystemException(DEAD), call)
                        : call.run());
    }

    private Object between(String name, Supplier<Exception> death, Call call) throws Throwable {
        if (dies("before " + name)) {
            throw death.get();
        }
        Object result = call.run();
        if (dies("after " + name)) {
            throw death.get();
        }
        return result;
    }

    /** All of its words: where an event is parked, a dead letter or behind another, the first are the same. */
    private static String nameOf(String sql) {
        return sql.strip().replaceAll("\\s+", " ").replace("mxhooks.", "");
    }

    private boolean dies(String label) {
        int occurrence = passed.merge(label, 1, Integer::sum);
        if (dies.filter(new Boundary(label, occurrence)::equals).isPresent()) {
            dead = true;
        }
        return dead;
    }

    private interface Call {
        Object run() throws Throwable;
    }

    private interface Around {
        Object run(Method method, Object[] arguments, Call call) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T real, Around around) {
        return type.cast(Proxy.newProxyInstance(
                MortalNode.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> around.run(method, arguments, () -> {
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                })));
    }
}
