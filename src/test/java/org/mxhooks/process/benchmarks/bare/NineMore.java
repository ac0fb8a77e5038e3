package org.mxhooks.process.benchmarks.bare;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.StoryEvent;

/** Nine consumers beside the mirror, each with a row for each event. */
@ApplicationScoped
public class NineMore {

    @Resource(lookup = "java:app/jdbc/mxhooks")
    DataSource dataSource;

    @Consumer(value = "one", from = From.BEGINNING)
    void one(@Observes StoryEvent event) {
        write(1, event);
    }

    @Consumer(value = "two", from = From.BEGINNING)
    void two(@Observes StoryEvent event) {
        write(2, event);
    }

    @Consumer(value = "three", from = From.BEGINNING)
    void three(@Observes StoryEvent event) {
        write(3, event);
    }

    @Consumer(value = "four", from = From.BEGINNING)
    void four(@Observes StoryEvent event) {
        write(4, event);
    }

    @Consumer(value = "five", from = From.BEGINNING)
    void five(@Observes StoryEvent event) {
        write(5, event);
    }

    @Consumer(value = "six", from = From.BEGINNING)
    void six(@Observes StoryEvent event) {
        write(6, event);
    }

    @Consumer(value = "seven", from = From.BEGINNING)
    void seven(@Observes StoryEvent event) {
        write(7, event);
    }

    @Consumer(value = "eight", from = From.BEGINNING)
    void eight(@Observes StoryEvent event) {
        write(8, event);
    }

    @Consumer(value = "nine", from = From.BEGINNING)
    void nine(@Observes StoryEvent event) {
        write(9, event);
    }

    private void write(int consumer, StoryEvent event) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into seen (consumer, story) values (?, ?)")) {
            insert.setInt(1, consumer);
            insert.setLong(2, event.storyId());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
