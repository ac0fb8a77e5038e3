package org.mxhooks.companion;

import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.StoryEvent;

/**
 * Books each story that is named for it into a database of its own, which takes no part in the transaction of mxhooks:
 * it has one of its own there, and the delivery as the guard against a repeat. Fails after it committed, until it is
 * mended.
 */
@DataSourceDefinition(
        name = Warehouse.DATA_SOURCE,
        className = "org.h2.jdbcx.JdbcDataSource",
        url = "jdbc:h2:mem:warehouse",
        user = "sa",
        password = "",
        transactional = false)
@Stateless
public class Warehouse {

    static final String DATA_SOURCE = "java:app/jdbc/warehouse";

    private static final String TABLE =
            "create table if not exists booking (entry bigint generated always as identity, delivery uuid unique)";

    @Resource(lookup = DATA_SOURCE)
    DataSource dataSource;

    @Consumer("warehouse")
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void book(@Observes StoryEvent story) throws SQLException {
        if (Notes.isFor(story, "books")) {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                boolean isNew = book(connection, story.delivery());
                connection.commit();
                Notes.take(story, "warehouse", (isNew ? "booked" : "knew") + ", bookings " + count(connection));
                connection.rollback();
                connection.setAutoCommit(true);
            }
            if (!Notes.isMended(story)) {
                throw new IllegalStateException("not mended");
            }
        }
    }

    private static boolean book(Connection connection, UUID delivery) throws SQLException {
        try (Statement table = connection.createStatement()) {
            table.execute("set db_close_delay -1"); // in the URL WildFly takes it for a property of its own
            table.execute(TABLE);
        }
        try (PreparedStatement booking = connection.prepareStatement("""
                        insert into booking (delivery) select cast(? as uuid)
                        where not exists (select 1 from booking where delivery = ?)""")) {
            booking.setObject(1, delivery);
            booking.setObject(2, delivery);
            return booking.executeUpdate() == 1;
        }
    }

    private static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from booking")) {
            row.next();
            return row.getLong(1);
        }
    }
}
