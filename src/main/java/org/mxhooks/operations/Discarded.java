package org.mxhooks.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.mxhooks.database.Sql;

/**
 * That an operator discarded a dead letter.
 *
 * @param at when, by the database's clock
 * @param by the user
 * @param note what the user said about it
 */
public record Discarded(Instant at, Optional<String> by, Optional<String> note) {

    /** From the columns of {@code discarded}; empty where these are of no row. */
    static Optional<Discarded> of(ResultSet row) throws SQLException {
        Optional<String> by = Optional.ofNullable(row.getString("discarded_by"));
        Optional<String> note = Optional.ofNullable(row.getString("note"));
        return Sql.instant(row, "discarded_at").map(at -> new Discarded(at, by, note));
    }
}
