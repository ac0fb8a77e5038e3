package org.mxhooks.process.harness;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.mxhooks.companion.Ledger;

/**
 * What the database says of the ledger, and of the lanes in which its consumer follows the log; read over connections
 * of its own.
 */
public final class Books {

    private final Map<String, String> settings;

    public Books(Postgres postgres) {
        settings = postgres.settings();
    }

    /** An entry of the ledger. */
    public record Entry(UUID delivery, long story, long number) {}

    public void open() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement create = connection.prepareStatement(Ledger.TABLE)) {
            create.execute();
        }
    }

    /** How many deliveries the log has. */
    public long deliveries() throws SQLException {
        return number("select count(*) from mxhooks.delivery");
    }

    /** Nodes that have, or had, the ledger. */
    public Set<UUID> nodes() throws SQLException {
        if (!hasTable("node_consumer")) {
            return Set.of();
        }
        return Set.copyOf(ask(
                "select node from mxhooks.node_consumer where consumer = 'ledger'",
                row -> row.getObject(1, UUID.class)));
    }

    public Set<Integer> lanesOf(UUID node) throws SQLException {
        return Set.copyOf(ask(
                "select lane from mxhooks.lane where consumer = 'ledger' and owner = ?", row -> row.getInt(1), node));
    }

    public long lastEntry() throws SQLException {
        return number("select coalesce(max(entry), 0) from ledger");
    }

    /** How many lanes, of any consumer, some node holds. */
    public long lanesWithOwner() throws SQLException {
        return number("select count(*) from mxhooks.lane where owner is not null");
    }

    /** Whether the schema is the {@link NextRelease}'s. */
    public boolean areOfTheNextRelease() throws SQLException {
        return hasTable("next_release");
    }

    /** Whether a node made an entry from one of these lanes since. */
    public boolean hasEntry(String node, Set<Integer> lanes, long after) throws SQLException {
        return number("""
                        select count(*) from ledger l join mxhooks.delivery d on d.position = l.position
                        where l.entry > ? and l.node = ? and d.lane = any (?)""", after, node, lanes.toArray(Integer[]::new)) > 0;
    }

    /** How many deliveries a consumer has not dealt with. */
    public long unfinished(String consumer) throws SQLException {
        return number("""
                select (select count(*) from mxhooks.delivery d join mxhooks.lane l on l.lane = d.lane
                and d.position > l.cursor where l.consumer = ?)
                + (select count(*) from mxhooks.parked where consumer = ?)""", consumer, consumer);
    }

    /** Entries that the log has too, in the order in which they were made. */
    public List<Entry> entries() throws SQLException {
        return ask("""
                select l.delivery, l.story, l.number from ledger l
                join mxhooks.delivery d on d.delivery = l.delivery and d.position = l.position order by l.entry""", row -> new Entry(row.getObject(1, UUID.class), row.getLong(2), row.getLong(3)));
    }

    /** How many deliveries took effect more than once. */
    public long doubled() throws SQLException {
        return number("select count(*) from (select from ledger group by delivery having count(*) > 1) as doubled");
    }

    /** How many entries came after one of the same story that has a later place in the log. */
    public long outOfTurn() throws SQLException {
        return number("""
                select count(*) from (select position, lag(position) over (partition by story order by entry) as before
                from ledger) as turns where position < before""");
    }

    private boolean hasTable(String name) throws SQLException {
        return ask("select to_regclass('mxhooks.' || ?) is not null", row -> row.getBoolean(1), name)
                .contains(true);
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private long number(String query, Object... parameters) throws SQLException {
        return ask(query, row -> row.getLong(1), parameters).get(0);
    }

    private <T> List<T> ask(String query, Row<T> row, Object... parameters) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(
                        i + 1,
                        parameters[i] instanceof Integer[] numbers
                                ? connection.createArrayOf("integer", numbers)
                                : parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> answers = new ArrayList<>();
                while (rows.next()) {
                    answers.add(row.read(rows));
                }
                return answers;
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                settings.get("mxhooks.database.url"), settings.get("mxhooks.database.user"), null);
    }
}
