package org.mxhooks.portal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A sprint.
 *
 * @param version the number of changes, its creation included
 */
record BoardSprint(
        long id,
        String name,
        String status,
        Optional<Instant> startDate,
        Optional<Instant> endDate,
        Instant createdAt,
        Instant updatedAt,
        int version) {

    static final String PLANNED = "Planned";
    static final String ACTIVE = "Active";
    static final String COMPLETED = "Completed";
    static final List<String> STATUSES = List.of(PLANNED, ACTIVE, COMPLETED);

    /** One that is not there yet. */
    static BoardSprint named(String name) {
        return new BoardSprint(0, name, PLANNED, Optional.empty(), Optional.empty(), Instant.EPOCH, Instant.EPOCH, 0);
    }

    static BoardSprint of(ResultSet row) throws SQLException {
        return new BoardSprint(
                row.getLong("id"),
                row.getString("name"),
                row.getString("status"),
                Cells.instant(row, "start_date"),
                Cells.instant(row, "end_date"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")),
                row.getInt("version"));
    }

    BoardSprint between(Instant start, Instant end) {
        return new BoardSprint(id, name, status, Optional.of(start), Optional.of(end), createdAt, updatedAt, version);
    }

    BoardSprint in(String newStatus) {
        return new BoardSprint(id, name, newStatus, startDate, endDate, createdAt, updatedAt, version);
    }

    BoardSprint at(long newId, Instant created, Instant updated, int newVersion) {
        return new BoardSprint(newId, name, status, startDate, endDate, created, updated, newVersion);
    }
}
