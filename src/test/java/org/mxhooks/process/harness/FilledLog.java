package org.mxhooks.process.harness;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Deliveries that are in the log without having been sent. */
public final class FilledLog {

    private FilledLog() {}

    /**
     * Appends deliveries about some stories in turn, as if they had been accepted all at once: those of a story in one
     * lane.
     *
     * @param body of each, with its story's id for 4711, and its position for {@code @number}
     */
    public static void append(Connection database, int deliveries, int stories, String body) throws SQLException {
        append(database, "story", "stories", deliveries, stories, body);
    }

    /** As {@link #append(Connection, int, int, String)}, about resources of a type. */
    public static void append(
            Connection database, String type, String category, int deliveries, int resources, String body)
            throws SQLException {
        try (PreparedStatement insert = database.prepareStatement("""
                with filling as (
                    insert into mxhooks.delivery (position, delivery, endpoint, scheme, identity, received_at, lane, category,
                        action, app_id, resource_type, resource_id)
                    select head.position + n, gen_random_uuid(), 'default', 'projects',
                        sha256(convert_to((head.position + n)::text, 'UTF8')), now(), n % ? % 32, ?, 'updated', 'app', ?, n % ?
                    from (select coalesce(max(position), 0) as position from mxhooks.delivery) as head,
                        generate_series(1, ?) as n
                    returning position, resource_id)
                insert into mxhooks.body (position, headers, bytes)
                select position, '{}', convert_to(replace(replace(?, '4711', resource_id), '@number', position::text), 'UTF8')
                from filling""")) {
            insert.setInt(1, resources);
            insert.setString(2, category);
            insert.setString(3, type);
            insert.setInt(4, resources);
            insert.setInt(5, deliveries);
            insert.setString(6, body);
            insert.executeUpdate();
        }
    }
}
