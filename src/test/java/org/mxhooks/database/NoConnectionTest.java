package org.mxhooks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.settings.DatabaseSettings;
import org.mxhooks.settings.Secret;

class NoConnectionTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://nowhere.invalid/mxhooks, UnknownHostException: nowhere.invalid",
        "jdbc:postgresql://127.0.0.1:1/mxhooks, 127.0.0.1:1"
    })
    void namesTheSettingsAndTheCauseButNoPassword(String url, String cause) {
        DatabaseSettings settings =
                new DatabaseSettings(url, Optional.of("mxhooks"), Optional.of(Secret.of("never-shown")), false);
        Driver driver = new Driver(settings, SessionLimits.WRITER);

        assertThatThrownBy(driver::connect)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("mxhooks.database.url, .user and .password")
                .hasMessageContaining(cause)
                .satisfies(fault ->
                        assertThat(((SQLException) fault).getSQLState()).startsWith("08"))
                .message()
                .doesNotContain("never-shown");
    }

    /** A proxy's undeclared exception would be logged by servers with its stack trace, for each use. */
    @TestFactory
    Stream<DynamicTest> noMethodThrowsWhatItDoesNotDeclare() {
        return Stream.concat(Stream.of(Connection.class.getMethods()), Stream.of(Object.class.getMethods()))
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !Modifier.isFinal(method.getModifiers()))
                .map(method -> DynamicTest.dynamicTest(method.toString(), () -> throwsNothingUndeclared(method)));
    }

    private static void throwsNothingUndeclared(Method method) throws IllegalAccessException {
        DatabaseSettings nowhere = new DatabaseSettings(
                "jdbc:postgresql://127.0.0.1:1/mxhooks", Optional.of("mxhooks"), Optional.empty(), false);
        Connection connection =
                ReconnectingConnection.of(new Driver(nowhere, SessionLimits.WRITER), new ConnectionLimit());
        Object[] arguments = Stream.of(method.getParameterTypes())
                .map(type -> Array.get(Array.newInstance(type, 1), 0))
                .toArray();
        try {
            method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            assertThat(method.getExceptionTypes()).anyMatch(declared -> declared.isInstance(e.getCause()));
        }
    }
}
