package org.mxhooks.portal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * An app.
 *
 * @param prefix of the names that people give to its stories
 */
record PortalApp(String id, String name, String prefix, Instant createdAt) {

    static PortalApp of(ResultSet row) throws SQLException {
        return new PortalApp(
                row.getString("id"),
                row.getString("name"),
                row.getString("prefix"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }

    String storyKey(long story) {
        return prefix + "-" + story;
    }
}
