package org.mxhooks.inbox;

import java.sql.SQLException;

/** What a failed append means. */
final class WriteFailure {

    private WriteFailure() {}

    /** SQLSTATE class 40: transaction rollback; 55P03 and HYT00: lock not available in time. */
    static boolean isRepeatable(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("40") || state.equals("55P03") || state.equals("HYT00");
    }

    /** SQLSTATE classes 22, data exception, and 23, integrity constraint violation. */
    static boolean isAboutData(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("22") || state.startsWith("23");
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
