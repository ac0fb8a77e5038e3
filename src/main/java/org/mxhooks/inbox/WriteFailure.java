package org.mxhooks.inbox;

import java.sql.SQLException;
import java.util.List;

/** What a failed append means. */
final class WriteFailure {

    /**
     * Classes of SQLSTATE: connection exception, invalid transaction state, transaction rollback, insufficient
     * resources, object not in prerequisite state, operator intervention, system error; and those that H2 has for all
     * of that.
     */
    private static final List<String> OTHERS = List.of("08", "25", "40", "53", "55", "57", "58", "90", "HY");

    private WriteFailure() {}

    /** Whether other rows may succeed: it is about neither the connection, nor the state of the database. */
    static boolean isAboutData(SQLException e) {
        String state = e.getSQLState();
        return state != null && OTHERS.stream().noneMatch(state::startsWith);
    }

    /** The innermost message: the outer ones quote the statement with the delivery in it. */
    static String describe(SQLException e) {
        Throwable innermost = e;
        while (innermost.getCause() instanceof SQLException cause) {
            innermost = cause;
        }
        return "%s (SQLSTATE %s)".formatted(innermost.getMessage(), e.getSQLState());
    }
}
