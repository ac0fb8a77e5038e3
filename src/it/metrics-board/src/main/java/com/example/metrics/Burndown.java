package com.example.metrics;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.StoryEvent;

/**
 * Stores which stories of a sprint are open. A timer stores their number, the latest of each day. A story without a
 * parent belongs to no sprint.
 */
@Singleton
@Startup
public class Burndown {

    @Resource(lookup = "java:app/jdbc/mxhooks")
    DataSource dataSource;

    /**
     * The stories that were open on a day.
     *
     * @param open their number
     */
    public record Day(LocalDate date, int open) {}

    @PostConstruct
    void createTables() {
        run("create table if not exists board_story (app varchar(100), story bigint, sprint bigint, open boolean,"
                + " primary key (app, story))");
        run("create table if not exists board_day (app varchar(100), sprint bigint, date date, open integer,"
                + " primary key (app, sprint, date))");
    }

    @Consumer(value = "metrics-board", from = From.BEGINNING)
    public void remember(@Observes StoryEvent story) {
        String app = story.appId().orElse("");
        boolean open = story.status().filter("Done"::equals).isEmpty();
        run("delete from board_story where app = ? and story = ?", app, story.storyId());
        if (story.parentId().isPresent()) {
            run(
                    "insert into board_story (app, story, sprint, open) values (?, ?, ?, ?)",
                    app,
                    story.storyId(),
                    story.parentId().getAsLong(),
                    open);
        }
    }

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    public void count() {
        LocalDate today = LocalDate.now();
        run("delete from board_day where date = ?", today);
        run(
                "insert into board_day (app, sprint, date, open) select app, sprint, ?, count(case when open then 1 end)"
                        + " from board_story group by app, sprint",
                today);
    }

    /** The days of a sprint, oldest first. */
    public List<Day> of(String app, long sprint) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select date, open from board_day where app = ? and sprint = ? order by date")) {
            select.setString(1, app);
            select.setLong(2, sprint);
            List<Day> days = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    days.add(new Day(rows.getObject(1, LocalDate.class), rows.getInt(2)));
                }
            }
            return days;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
