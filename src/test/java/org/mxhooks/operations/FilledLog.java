package org.mxhooks.operations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A large log in PostgreSQL: deliveries, one a second, and consumers, one of which is a hundred deliveries behind; ten
 * thousand events are parked, ten thousand dead, of at most 50 consumers for four reasons each; the newest twenty
 * thousand have bodies of 1.2 kB.
 *
 * @param begin when the first delivery arrived
 */
public record FilledLog(int deliveries, int consumers, Instant begin) {

    private static final int FILLED_AT_ONCE = 250_000;

    /** A delivery in a thousand is about a sprint, one in a hundred thousand came on the other endpoint. */
    private static final String DELIVERIES = """
            insert into mxhooks.delivery (position, delivery, endpoint, scheme, identity, received_at, lane, portal_id,
                category, action, app_id, resource_type, resource_id)
            select n, cast(lpad(to_hex(%4$s + n * 1000), 12, '0') || right(gen_random_uuid()::text, 23) as uuid),
                case when n %% 100000 = 0 then 'other' else 'default' end, 'projects', sha256(convert_to(n::text, 'UTF8')),
                timestamptz '%3$s' + n * interval '1 second', n %% 32, 'portal ' || n,
                case when n %% 1000 = 0 then 'sprints' else 'stories' end, 'updated', 'app', 'story', n %% 5000
            from generate_series(%1$s::bigint, %2$s::bigint) as n""";

    private static final String CONSUMERS = """
            insert into mxhooks.consumer (name, registered_at)
            select 'consumer-' || n, now() from generate_series(0, %s - 1) as n""";

    private static final String LANES = """
            insert into mxhooks.lane (consumer, lane, cursor, token)
            select 'consumer-' || n, lane, case when n = 0 then %2$s - 100 else %2$s end, 0
            from generate_series(0, %1$s - 1) as n, generate_series(0, 31) as lane""";

    private static final String PARKED = """
            insert into mxhooks.parked (consumer, position, lane, ordering_key, replay, dead, due, attempts, unended, parked_at,
                dead_at, reason, message)
            select 'consumer-' || n / 2 %% %s, n * 49, n * 49 %% 32, 'story ' || n, false, n %% 2 = 0,
                case when n %% 2 = 0 then null else now() end, 3, 0, now(), case when n %% 2 = 0 then now() end,
                'why ' || n / 100 %% 4, 'so'
            from generate_series(1, 20000) as n""";

    private static final String BODIES = """
            insert into mxhooks.body (position, headers, bytes)
            select n, '{}', convert_to('{"Action":"updated","Story":{"StoryId":' || n || ',"Name":"story number ' || n
                || '","Description":"' || repeat(md5(n::text), 34) || '"}}', 'UTF8')
            from generate_series(%s - 20000, %1$s) as n""";

    /** Into empty tables; indexes of deliveries are built at once afterwards. */
    public void write(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<String> definitions = dropIndexes(statement);
            for (int after = 0; after < deliveries; after += FILLED_AT_ONCE) {
                statement.execute(DELIVERIES.formatted(
                        after + 1, Math.min(deliveries, after + FILLED_AT_ONCE), begin, begin.toEpochMilli()));
            }
            for (String definition : definitions) {
                statement.execute(definition);
            }
            statement.execute(CONSUMERS.formatted(consumers));
            statement.execute(LANES.formatted(consumers, deliveries));
            statement.execute(PARKED.formatted(Math.min(50, consumers)));
            statement.execute(BODIES.formatted(deliveries));
            statement.execute("vacuum analyze");
        }
    }

    /** Returns how they are built again. */
    private static List<String> dropIndexes(Statement statement) throws SQLException {
        List<String> drops = new ArrayList<>();
        List<String> definitions = new ArrayList<>();
        try (ResultSet indexes = statement.executeQuery("""
                select coalesce('alter table mxhooks.delivery drop constraint ' || c.conname,
                        'drop index mxhooks.' || i.indexrelid::regclass::text),
                    coalesce('alter table mxhooks.delivery add constraint ' || c.conname || ' '
                        || pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid))
                from pg_index i left join pg_constraint c on c.conindid = i.indexrelid
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
