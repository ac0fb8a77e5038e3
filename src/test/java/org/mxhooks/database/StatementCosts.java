package org.mxhooks.database;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * What each statement costs on PostgreSQL that is executed through {@link #dataSource}: before that it is explained as
 * a session plans it that has executed it often, and rolled back.
 */
public final class StatementCosts {

    /** After five executions PostgreSQL may take to a plan that suits any parameters. */
    private static final int EXECUTED_BEFORE = 6;

    private static final Pattern PAGES = Pattern.compile("(?:hit|read)=(\\d+)");

    private final DataSource dataSource;
    private final List<Cost> costs = new CopyOnWriteArrayList<>();

    public StatementCosts(DataSource dataSource) {
        this.dataSource = proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = method.invoke(dataSource, arguments);
            return result instanceof Connection connection ? explaining(connection) : result;
        });
    }

    /** @param pages how many of tables and indexes it reads, from memory or not */
    public record Cost(String statement, long pages, String plan) {}

    public DataSource dataSource() {
        return dataSource;
    }

    /** What was executed since the last call. */
    public List<Cost> take() {
        List<Cost> taken = List.copyOf(costs);
        costs.clear();
        return taken;
    }

    private Connection explaining(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = method.invoke(connection, arguments);
            return method.getName().equals("prepareStatement")
                    ? explaining(connection, (String) arguments[0], (PreparedStatement) result)
                    : result;
        });
    }

    private PreparedStatement explaining(Connection connection, String sql, PreparedStatement statement) {
        Map<Integer, Object> parameters = new TreeMap<>();
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            String name = method.getName();
            if (name.startsWith("set") && arguments.length >= 2) {
                parameters.put((Integer) arguments[0], name.equals("setNull") ? null : arguments[1]);
            } else if (List.of("executeQuery", "executeUpdate", "addBatch").contains(name)) {
                costs.add(explain(connection, sql, parameters));
            }
            return method.invoke(statement, arguments);
        });
    }

    private static Cost explain(Connection connection, String sql, Map<Integer, Object> parameters)
            throws SQLException {
        boolean alone = connection.getAutoCommit();
        try (Statement statement = connection.createStatement()) {
            statement.execute(alone ? "begin" : "savepoint explained");
            try {
                String prepared = numbered(sql);
                statement.execute("prepare explained as " + prepared);
                String execute = "execute explained" + arguments(prepared, parameters);
                for (int i = 0; i < EXECUTED_BEFORE; i++) {
                    statement.execute("explain " + execute);
                }
                String plan = text(statement, "explain (analyze, buffers, timing off, summary off) " + execute);
                return new Cost(sql, pages(plan), plan);
            } finally {
                statement.execute(alone ? "rollback" : "rollback to savepoint explained");
                statement.execute("deallocate all");
            }
        }
    }

    /** With $1, $2 and so on instead of question marks. */
    private static String numbered(String sql) {
        StringBuilder numbered = new StringBuilder();
        int number = 0;
        for (char c : sql.toCharArray()) {
            numbered.append(c == '?' ? "$" + ++number : String.valueOf(c));
        }
        return numbered.toString();
    }

    private static String arguments(String prepared, Map<Integer, Object> parameters) {
        long count = prepared.chars().filter(c -> c == '$').count();
        return count == 0
                ? ""
                : Stream.iterate(1, number -> number <= count, number -> number + 1)
                        .map(parameters::get)
                        .map(value ->
                                value == null ? "null" : "'" + value.toString().replace("'", "''") + "'")
                        .collect(joining(", ", "(", ")"));
    }

    private static String text(Statement statement, String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return String.join("\n", lines);
    }

    /** The first line about them is about the whole. */
    private static long pages(String plan) {
        return plan.lines()
                .filter(line -> line.contains("Buffers: "))
                .findFirst()
                .map(PAGES::matcher)
                .map(matcher -> matcher.results()
                        .mapToLong(number -> Long.parseLong(number.group(1)))
                        .sum())
                .orElse(0L);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return handler.invoke(proxy, method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
