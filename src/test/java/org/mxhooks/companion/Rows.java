package org.mxhooks.companion;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.StoryEvent;

/** A table of the companion's own in the database of mxhooks. */
public final class Rows {

    static final String DATA_SOURCE = "java:app/jdbc/mxhooks";

    private Rows() {}

    /** Writes 10,000 rows, and fails after that until it is mended. */
    @ApplicationScoped
    public static class Writing {
        @Resource(lookup = DATA_SOURCE)
        DataSource dataSource;

        @Consumer("writes")
        void on(@Observes StoryEvent story) throws SQLException {
            if (Notes.isFor(story, "writes")) {
                write(story.storyId());
                Notes.take(story, "writes", "wrote");
                if (!Notes.isMended(story)) {
                    throw new IllegalStateException("not mended");
                }
            }
        }

        private void write(long story) throws SQLException {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement insert = connection.prepareStatement("insert into companion_row values (?, ?)")) {
                for (int number = 0; number < 10_000; number++) {
                    insert.setLong(1, story);
                    insert.setInt(2, number);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }

    /** Notes how many rows there are of the story whose number a story's name ends with. */
    @ApplicationScoped
    public static class Counting {
        @Resource(lookup = DATA_SOURCE)
        DataSource dataSource;

        @Consumer("counts")
        void on(@Observes StoryEvent story) throws SQLException {
            if (Notes.isFor(story, "counts ")) {
                long other = Long.parseLong(story.name().orElseThrow().substring("counts ".length()));
                Notes.take(story, "counts", String.valueOf(count(other)));
            }
        }

        private long count(long story) throws SQLException {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement select =
                            connection.prepareStatement("select count(*) from companion_row where story = ?")) {
                select.setLong(1, story);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        }
    }
}
