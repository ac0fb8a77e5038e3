package org.mxhooks.companion;

import static org.mxhooks.event.Consumer.From.BEGINNING;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.StoryEvent;

/**
 * Enters every story's news into a table that has no constraint, so that what happens twice, or out of turn, is to be
 * seen there. A story's name is the number of the news.
 */
@ApplicationScoped
public class Ledger {

    /** System property: under which name a node makes its entries. */
    public static final String NODE = "ledger.node";

    /** The table; {@code entry} tells in which order. */
    public static final String TABLE = """
            create table ledger (entry bigint generated always as identity, position bigint, delivery uuid, story bigint,
            number bigint, node text)""";

    @Resource(lookup = "java:app/jdbc/mxhooks")
    DataSource dataSource;

    @Transactional(rollbackOn = Exception.class)
    @Consumer(value = "ledger", from = BEGINNING)
    void enter(@Observes StoryEvent event) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement entry = connection.prepareStatement(
                        "insert into ledger (position, delivery, story, number, node) values (?, ?, ?, ?, ?)")) {
            entry.setLong(1, event.position());
            entry.setObject(2, event.delivery());
            entry.setLong(3, event.storyId());
            entry.setLong(4, Long.parseLong(event.name().orElseThrow()));
            entry.setString(5, System.getProperty(NODE));
            entry.executeUpdate();
        }
    }
}
