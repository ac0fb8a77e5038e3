package org.mxhooks.companion;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.mxhooks.dispatch.ConsumerSource;
import org.mxhooks.dispatch.EventConsumer;
import org.mxhooks.dispatch.Notification;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.mendix.Attributes;

/** As many consumers as a test wants, {@code hoarder-0} and so on, that hold connections outside of transactions. */
@ApplicationScoped
public class Hoarders implements ConsumerSource {

    /** System property: how many there are. */
    public static final String SIZE = "hoarders.size";

    /** System property: a file; while it is there each call holds a connection. */
    public static final String HOLDING = "hoarders.holding";

    private static final long PAUSE = 500_000_000;

    @Resource(lookup = "java:app/jdbc/mxhooks")
    DataSource dataSource;

    @Inject
    Hoarders suspending;

    @Override
    public Collection<EventConsumer> consumers() {
        return IntStream.range(0, Integer.getInteger(SIZE, 0))
                .<EventConsumer>mapToObj(member -> new Hoarder(member, suspending))
                .toList();
    }

    private static boolean isHolding() {
        return Files.exists(Path.of(System.getProperty(HOLDING)));
    }

    /** With an open result set. */
    @Transactional(TxType.NOT_SUPPORTED)
    public void holdRows() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select generate_series(1, 1000)")) {
            while (isHolding() && rows.next()) {
                LockSupport.parkNanos(PAUSE);
                Thread.interrupted();
            }
        }
    }

    /** In statements. */
    @Transactional(TxType.NOT_SUPPORTED)
    public void sleep() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            while (isHolding()) {
                statement.execute("select pg_sleep(1)");
            }
        }
    }

    /** One of them; of this deployment. */
    public record Hoarder(int number, Hoarders suspending) implements EventConsumer {
        @Override
        public String name() {
            return "hoarder-" + number;
        }

        @Override
        public String kind() {
            return "hoarder";
        }

        @Override
        public From from() {
            return From.BEGINNING;
        }

        @Override
        public boolean wants(Attributes stored) {
            return true;
        }

        @Override
        public Policy policy() {
            return Policy.EXTERNAL;
        }

        @Override
        public void notify(Notification notification) throws Exception {
            if (!isHolding()) {
                return;
            }
            if (number % 4 == 0) {
                suspending.sleep();
            } else {
                suspending.holdRows();
            }
        }
    }
}
