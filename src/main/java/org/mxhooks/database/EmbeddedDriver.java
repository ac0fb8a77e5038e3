package org.mxhooks.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Properties;

/**
 * H2, whose statements keep the instant of a {@link Timestamp}. H2 itself would keep the time on the wall of the JVM's
 * zone, which is there twice when clocks are set back: an hour off, and JPA providers bind their instants so. A
 * connection is valid only while its database is open. A pool makes the instance, so the class is public.
 */
public final class EmbeddedDriver extends org.h2.Driver {

    static {
        UninterruptedFile.register();
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        EmbeddedSessions sessions = EmbeddedSessions.of(url);
        Connection connection = sessions.open(() -> super.connect(url, properties));
        return proxy(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "isValid" -> EmbeddedSessions.answers(connection);
            case "close" -> {
                sessions.close(connection);
                yield null;
            }
            default -> exact(invoke(method, connection, arguments));
        });
    }

    private static Object exact(Object result) {
        return result instanceof PreparedStatement statement ? exact(statement) : result;
    }

    private static PreparedStatement exact(PreparedStatement statement) {
        Class<? extends PreparedStatement> type =
                statement instanceof CallableStatement ? CallableStatement.class : PreparedStatement.class;
        return proxy(type, (proxy, method, arguments) -> {
            if (bindsInstant(method, arguments) && !isForWallClock(statement, arguments)) {
                statement.setObject((int) arguments[0], utc((Timestamp) arguments[1]));
                return null;
            }
            return invoke(method, statement, arguments);
        });
    }

    private static boolean bindsInstant(Method method, Object[] arguments) {
        return (method.getName().equals("setTimestamp") || method.getName().equals("setObject"))
                && arguments[0] instanceof Integer
                && arguments[1] instanceof Timestamp;
    }

    /** A column without a zone has the time that H2 makes of it, by the calendar or the zone of the session. */
    private static boolean isForWallClock(PreparedStatement statement, Object[] arguments) throws SQLException {
        return statement.getParameterMetaData().getParameterType((int) arguments[0]) == Types.TIMESTAMP;
    }

    private static OffsetDateTime utc(Timestamp timestamp) {
        return timestamp.toInstant().atOffset(ZoneOffset.UTC);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(EmbeddedDriver.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
