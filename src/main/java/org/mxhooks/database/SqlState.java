package org.mxhooks.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What the SQLSTATE of a failed statement or commit says about its cause.
 *
 * @param code five characters; empty for none
 */
public record SqlState(String code) {

    /**
     * Connection exception and operator intervention; in H2 a general error, and a connection or database that is
     * closed.
     */
    private static final List<String> CONNECTION = List.of("08", "57P", "HY000", "90007", "90067", "90098", "90121");

    /** Insufficient resources; in H2 a file that cannot be read or written. */
    private static final List<String> RESOURCES = List.of("53", "90028", "90031");

    public static SqlState of(SQLException e) {
        return new SqlState(Optional.ofNullable(e.getSQLState()).orElse(""));
    }

    /** That of the statement or commit which is the {@linkplain RootCause#of root cause}. */
    public static SqlState ofRootCause(Throwable thrown) {
        return RootCause.chain(RootCause.of(thrown)).stream()
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .filter(each -> each.getSQLState() != null)
                .findFirst()
                .map(SqlState::of)
                .orElse(new SqlState(""));
    }

    /** Whether another transaction was in the way: class 40; 55P03 and HYT00, lock not available in time. */
    public boolean isConflict() {
        return code.startsWith("40") || code.equals("55P03") || code.equals("HYT00");
    }

    /**
     * Whether the connection or its session ended, so that another may succeed. H2 ends all sessions of a file where
     * one met a fault, as an interrupt at the wrong moment.
     */
    public boolean isAboutConnection() {
        return isOneOf(CONNECTION);
    }

    /** Whether the database was not available, or lacked memory, disk or connections. */
    public boolean isOutage() {
        return isAboutConnection() || isOneOf(RESOURCES);
    }

    private boolean isOneOf(List<String> beginnings) {
        return beginnings.stream().anyMatch(code::startsWith);
    }
}
