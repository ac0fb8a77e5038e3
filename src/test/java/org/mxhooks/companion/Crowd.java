package org.mxhooks.companion;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
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

/** As many consumers as a test wants, {@code crowd-0} and so on. */
@ApplicationScoped
public class Crowd implements ConsumerSource {

    /** System property: how many there are, or a file with their number. */
    public static final String SIZE = "crowd.size";

    /** System property: whether they want any event; they do by default. */
    public static final String WANTS = "crowd.wants";

    /** System property: a file with the number of those that hang, each call with a connection in its transaction. */
    public static final String HANGING = "crowd.hanging";

    /** System property: a file; while it is there all fail on stories with {@link #POISON} for a description. */
    public static final String FAILING = "crowd.failing";

    /**
     * System property: a table in whose only row each call counts first; then only {@link #POISON} makes a call hang.
     */
    public static final String COUNTER = "crowd.counter";

    public static final String POISON = "poison for the crowd";

    private static final long PAUSE = 500_000_000;

    @Resource(lookup = "java:app/jdbc/mxhooks")
    DataSource dataSource;

    @Override
    public Collection<EventConsumer> consumers() throws IOException {
        String size = System.getProperty(SIZE);
        int members = size.matches("\\d+") ? Integer.parseInt(size) : number(size);
        return IntStream.range(0, members)
                .<EventConsumer>mapToObj(member -> new Member(member, dataSource))
                .toList();
    }

    private static int number(String file) throws IOException {
        return file == null || !Files.exists(Path.of(file))
                ? 0
                : Integer.parseInt(Files.readString(Path.of(file)).strip());
    }

    /** One of them; of this deployment. */
    public record Member(int number, DataSource dataSource) implements EventConsumer {
        @Override
        public String name() {
            return "crowd-" + number;
        }

        @Override
        public String kind() {
            return "crowd";
        }

        @Override
        public From from() {
            return From.BEGINNING;
        }

        @Override
        public boolean wants(Attributes stored) {
            return Boolean.parseBoolean(System.getProperty(WANTS, "true"));
        }

        @Override
        public Policy policy() {
            return Policy.TRANSACTIONAL;
        }

        @Override
        public void notify(Notification notification) throws Exception {
            boolean poisoned = new String(notification.body(), UTF_8).contains(POISON);
            if (poisoned && Files.exists(Path.of(System.getProperty(FAILING)))) {
                throw new IllegalStateException("poisoned");
            }
            String counter = System.getProperty(COUNTER);
            if (counter != null) {
                count(counter);
            }
            if (hangs() && (poisoned || counter == null)) {
                hang();
            }
        }

        private void count(String counter) throws SQLException {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("update %s set n = n + 1".formatted(counter));
            }
        }

        private boolean hangs() throws IOException {
            return number < Crowd.number(System.getProperty(HANGING));
        }

        /** Whoever interrupts it. */
        private void hang() throws SQLException, IOException {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("select 1");
                while (hangs()) {
                    LockSupport.parkNanos(PAUSE);
                    Thread.interrupted();
                }
            }
        }
    }
}
