package org.mxhooks.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A place in a lane of the log.
 *
 * @param lane number of the lane
 * @param position of the last delivery before the place, or any number between it and the next
 */
public record Place(int lane, long position) {

    /** How many lanes the log is divided into; deliveries about one resource share a lane. */
    public static final int LANES = 32;

    /** From a row of lane and position. */
    public static Place of(ResultSet row) throws SQLException {
        return new Place(row.getInt(1), row.getLong(2));
    }
}
