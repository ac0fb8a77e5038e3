package org.mxhooks.companion;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.StoryEvent;

/** Makes the past of an app's stories so old that it may be forgotten. */
@ApplicationScoped
public class Ageing {

    @Resource(lookup = "java:app/jdbc/mxhooks")
    DataSource dataSource;

    @Consumer("ages")
    void on(@Observes StoryEvent story) throws SQLException {
        if (Notes.isFor(story, "ages")) {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement age = connection.prepareStatement(
                            "update mxhooks.story_version set superseded_at = ? where app_id = ?")) {
                age.setObject(1, OffsetDateTime.now().minusDays(91));
                age.setString(2, story.appId().orElseThrow());
                age.executeUpdate();
            }
        }
    }
}
