package org.mxhooks.ingest;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TextTable;
import org.mxhooks.settings.Settings;

/**
 * The refused requests of all nodes: the latest {@value #MAX_ROWS}, of each endpoint and reason the latest
 * {@value #MAX_PER_KIND}, and of each network of these the latest {@value #MAX_PER_KEY}, for {@code mxhooks.retention}.
 * Each node stores its own within a few seconds, at most {@value RefusalSamples#MAX_PER_SECOND} per second; those of
 * the last seconds are lost when it dies, and while the database is unavailable all but
 * {@value RefusalSamples#MAX_WAITING}. Thread-safe.
 */
@ApplicationScoped
public class RefusalLog {

    /** What strangers sent, as an erasure goes through it: a request that names the person is deleted. */
    public static final List<TextTable> TEXTS = List.of(
            TextTable.of("refused requests", "refused_request", "id bigint", "endpoint", "why", "headers", "body")
                    .deleting());

    private static final int MAX_ROWS = 1000;
    private static final int MAX_PER_KIND = 200;
    private static final int MAX_PER_KEY = 20;
    private static final int MAX_GROUPS = 50;

    private static final String INSERT = """
            insert into mxhooks.refused_request
            (refused_at, endpoint, reason, address, network, requests, why, size, headers, body)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    /** What is surplus of its own kind leaves the place of others alone. */
    private static final String SURPLUS = """
            select id from (select id, surplus, row_number() over (partition by surplus order by id desc) as nth from (
                select id, case when nth_of_kind > %s or nth_of_key > %s or refused_at < ? then 1 else 0 end as surplus
                from (select id, refused_at,
                    row_number() over (partition by endpoint, reason order by id desc) as nth_of_kind,
                    row_number() over (partition by endpoint, reason, network order by id desc) as nth_of_key
                    from mxhooks.refused_request) as numbered) as judged) as counted
            where surplus = 1 or nth > %s order by id""".formatted(MAX_PER_KIND, MAX_PER_KEY, MAX_ROWS);

    private static final String GROUPS = """
            select endpoint, reason, network, sum(requests) as requests, min(refused_at) as since,
            max(refused_at) as latest from mxhooks.refused_request
            group by endpoint, reason, network order by max(refused_at) desc, 1, 2, 3 limit %s""".formatted(MAX_GROUPS);

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    @Inject
    EndpointRegistry endpoints;

    @Inject
    Settings settings;

    private Sql sql;

    static RefusalLog of(DataSource dataSource, EndpointRegistry endpoints, Settings settings) {
        RefusalLog log = new RefusalLog();
        log.dataSource = dataSource;
        log.endpoints = endpoints;
        log.settings = settings;
        log.open();
        return log;
    }

    @PostConstruct
    void open() {
        sql = new Sql(dataSource);
    }

    /** Stores what waits on this node; returns whether there was anything. */
    boolean store() throws SQLException {
        List<RefusalSamples.RefusedSample> samples = endpoints.samples().take();
        if (samples.isEmpty()) {
            return false;
        }
        try {
            sql.batch(INSERT, samples.stream().map(RefusalLog::parameters).toList());
            return true;
        } catch (SQLException | RuntimeException | Error e) {
            if (!(e instanceof SQLException refused && isAboutData(refused))) {
                endpoints.samples().putBack(samples);
            }
            throw e;
        }
    }

    /** What a database refuses for what it is would be refused again. */
    private static boolean isAboutData(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("22") || state.startsWith("23");
    }

    private static Object[] parameters(RefusalSamples.RefusedSample sample) {
        return new Object[] {
            Sql.time(sample.at()),
            sample.key().endpoint(),
            sample.key().reason(),
            sample.address(),
            sample.key().network(),
            sample.requests(),
            sample.content().why(),
            sample.content().size(),
            sample.content().headers(),
            sample.content().body()
        };
    }

    /** Several nodes may do so at once. */
    void trim() throws SQLException {
        Instant oldest = Instant.now().minus(settings.dispatch().retention());
        List<Long> surplus = sql.query(SURPLUS, row -> row.getLong(1), Sql.time(oldest));
        if (!surplus.isEmpty()) {
            sql.update("delete from mxhooks.refused_request where id = any(?)", Sql.Array.ofBigints(surplus));
        }
    }

    /**
     * The newest first.
     *
     * @param endpoint of which; empty is any, and so for the others
     * @param before id of the last one on the page before
     * @param limit how many at most
     */
    public List<RefusedEntry> latest(
            Optional<String> endpoint, Optional<String> reason, Optional<String> network, long before, int limit)
            throws SQLException {
        StringBuilder query = new StringBuilder("select * from mxhooks.refused_request where id < ?");
        List<Object> parameters = new ArrayList<>(List.of(before));
        endpoint.ifPresent(name -> add(query, parameters, "endpoint", name));
        reason.ifPresent(word -> add(query, parameters, "reason", word));
        network.ifPresent(addresses -> add(query, parameters, "network", addresses));
        parameters.add(limit);
        return sql.query(
                query.append(" order by id desc limit ?").toString(), RefusalLog::refusal, parameters.toArray());
    }

    private static void add(StringBuilder query, List<Object> parameters, String column, String value) {
        query.append(" and ").append(column).append(" = ?");
        parameters.add(value);
    }

    /** Of all that are kept, at most {@value #MAX_GROUPS}; the one with the newest request first. */
    public List<RefusedEntry.Group> groups() throws SQLException {
        return sql.query(
                GROUPS,
                row -> new RefusedEntry.Group(
                        row.getString("endpoint"),
                        row.getString("reason"),
                        row.getString("network"),
                        row.getLong("requests"),
                        Sql.instant(row, "since").orElseThrow(),
                        Sql.instant(row, "latest").orElseThrow()));
    }

    private static RefusedEntry refusal(ResultSet row) throws SQLException {
        return new RefusedEntry(
                row.getLong("id"),
                Sql.instant(row, "refused_at").orElseThrow(),
                row.getString("endpoint"),
                row.getString("reason"),
                row.getString("address"),
                row.getString("network"),
                row.getLong("requests"),
                row.getString("why"),
                row.getLong("size"),
                row.getString("headers").lines().toList(),
                RefusedContent.shown(row.getBytes("body")));
    }
}
