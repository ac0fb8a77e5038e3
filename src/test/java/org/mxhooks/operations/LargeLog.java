package org.mxhooks.operations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A log of many deliveries on PostgreSQL, one a second, with what there is after years: one in ten thousand could not
 * be decoded, one was discarded; the newest twenty thousand have bodies of 1.2 kB. The first consumer is a hundred
 * deliveries behind.
 *
 * @param parked how many events are dead, every other, for four reasons each; parked, or replayed, each fourth; of at
 *     most 50 consumers
 * @param begin when the first delivery was received; {@link #BEGIN} by default
 */
public record LargeLog(int deliveries, int consumers, int parked, Instant begin) {

    /** When the first delivery was received. */
    public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static final int FILLED_AT_ONCE = 250_000;
    private static final int BODIES = 20_000;

    /** A delivery in a thousand is about a sprint, one in a hundred thousand came on the other endpoint. */
    private static final String DELIVERIES = """
            insert into mxhooks.delivery (position, delivery, endpoint, scheme, identity, received_at, lane, portal_id,
                category, action, app_id, resource_type, resource_id)
            select n, cast(lpad(to_hex(%s + n * 1000), 12, '0') || right(gen_random_uuid()::text, 23) as uuid),
                case when n %% 100000 = 0 then 'other' else 'default' end, 'projects', sha256(convert_to(n::text, 'UTF8')),
                timestamptz '%s' + n * interval '1 second', n %% 32, 'portal ' || n,
                case when n %% 1000 = 0 then 'sprints' else 'stories' end, 'updated', 'app', 'story', n %% 5000
            from generate_series(%s::bigint, %s::bigint) as n""";

    private static final String LANES = """
            insert into mxhooks.lane (consumer, lane, cursor, token)
            select 'consumer-' || n, lane, case when n = 0 then %1$s - 100 else %1$s end, 0
            from generate_series(0, %2$s - 1) as n, generate_series(0, 31) as lane""";

    private static final String PARKED = """
            insert into mxhooks.parked (consumer, position, lane, ordering_key, replay, dead, due, attempts, unended, parked_at,
                dead_at, reason, message)
            select 'consumer-' || n / 2 %% %3$s, n * %2$s - n %% %2$s, (n * %2$s - n %% %2$s) %% 32,
                case when n %% 4 < 3 then 'story ' || n %% 1000 end, n %% 4 = 3, n %% 2 = 0,
                case when n %% 2 = 1 then now() end, case when n %% 4 = 3 then 0 else 3 end, 0, now(),
                case when n %% 2 = 0 then now() end, 'why ' || n / 100 %% 4, 'so'
            from generate_series(1::bigint, %1$s) as n""";

    private static final String BODY = """
            insert into mxhooks.body (position, headers, bytes)
            select n, '{}', convert_to('{"Action":"updated","Story":{"StoryId":' || n || ',"Name":"story number ' || n
                || '","Description":"' || repeat(md5(n::text), 34) || '"}}', 'UTF8')
            from generate_series(greatest(1, %1$s - %2$s), %1$s) as n""";

    public LargeLog(int deliveries, int consumers, int parked) {
        this(deliveries, consumers, parked, BEGIN);
    }

    /** Fills a new database on a connection that waits as long as it takes: an index takes minutes. */
    public void fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            fillLog(statement);
            statement.execute("insert into mxhooks.consumer (name, registered_at)"
                    + " select 'consumer-' || n, now() from generate_series(0, %s - 1) as n".formatted(consumers));
            statement.execute(LANES.formatted(deliveries, consumers));
            statement.execute(PARKED.formatted(parked, deliveries / parked, Math.min(50, consumers)));
            statement.execute("insert into mxhooks.undecodable (position, reason)"
                    + " select n * 1000 - 1, 'no JSON' from generate_series(1, %s / 1000) as n".formatted(deliveries));
            statement.execute("insert into mxhooks.discarded (consumer, position, discarded_at)"
                    + " select 'consumer-0', n * 1000 - 2, now() from generate_series(1, %s / 1000) as n"
                            .formatted(deliveries));
            statement.execute("vacuum analyze");
        }
    }

    /** Fills the log alone, with the bodies of the newest deliveries. */
    public void fillLog(Statement statement) throws SQLException {
        List<String> definitions = dropIndexes(statement);
        for (int after = 0; after < deliveries; after += FILLED_AT_ONCE) {
            statement.execute(DELIVERIES.formatted(
                    begin.toEpochMilli(), begin, after + 1, Math.min(deliveries, after + FILLED_AT_ONCE)));
        }
        for (String definition : definitions) {
            statement.execute(definition);
        }
        statement.execute(BODY.formatted(deliveries, BODIES));
        statement.execute("vacuum analyze");
    }

    /** They are built at once afterwards; returns how. */
    private static List<String> dropIndexes(Statement statement) throws SQLException {
        List<String> drops = new ArrayList<>();
        List<String> definitions = new ArrayList<>();
        try (ResultSet indexes = statement.executeQuery("""
                select coalesce('alter table mxhooks.delivery drop constraint ' || c.conname,
                        'drop index mxhooks.' || i.indexrelid::regclass::text),
                    coalesce('alter table mxhooks.delivery add constraint ' || c.conname || ' '
                        || pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid))
                from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype <> 'n'
                where i.indrelid = 'mxhooks.delivery'::regclass""")) {
            while (indexes.next()) {
                drops.add(indexes.getString(1).replace("mxhooks.mxhooks.", "mxhooks."));
                definitions.add(indexes.getString(2));
            }
        }
        for (String drop : drops) {
            statement.execute(drop);
        }
        return definitions;
    }
}
