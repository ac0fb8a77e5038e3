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

    /**
     * Connection exception and operator intervention; in H2 a general error, and a connection or database that is
     * closed.
     */
    private static final List<String> CONNECTION = List.of("08", "57P", "HY000", "90007", "90067", "90098", "90121");

    private WriteFailure() {}

    /** SQLSTATE class 40: transaction rollback; 55P03 and HYT00: lock not available in time. */
    static boolean isRepeatable(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("40") || state.equals("55P03") || state.equals("HYT00");
    }

    /**
     * Whether the connection or its session ended, so that another may succeed. H2 ends all sessions of a file where
     * one met a fault, as an interrupt at the wrong moment.
     */
    static boolean isAboutConnection(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return CONNECTION.stream().anyMatch(state::startsWith);
    }

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
