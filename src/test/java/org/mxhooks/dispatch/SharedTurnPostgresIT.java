package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.inbox.Place;

class SharedTurnPostgresIT extends SharedTurnSuite {

    private static final String COMMITS_FOR_LONG = """
            select 1 from pg_stat_activity where datname = current_database() and wait_event = 'advisory'
            and query ilike 'commit%' and query_start < clock_timestamp() - interval '2' second""";

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }

    /** As on a slow disk. Nobody else could take its cursors before. */
    @Test
    void whatIsBeingCommittedForLongIsNotRepeated() throws Exception {
        consumerTimeout = Duration.ofMinutes(10);
        AtomicInteger calls = new AtomicInteger();
        EffectLog consumer = idle().on("slow", event -> calls.incrementAndGet());
        sql().update("""
                create function slow() returns trigger language plpgsql as $$
                begin perform pg_advisory_xact_lock_shared(1); return null; end $$""");
        sql().update("""
                create constraint trigger slow after update on mxhooks.lane deferrable initially deferred
                for each row when (new.consumer = 'one') execute function slow()""");

        try (Connection disk = dataSource().getConnection();
                Statement statement = disk.createStatement()) {
            statement.execute("select pg_advisory_lock(1)");
            arriveInAllLanes("slow");
            eventually().until(() -> calls.get() >= Place.LANES && sql().exists(COMMITS_FOR_LONG));
            statement.execute("select pg_advisory_unlock(1)");
        }

        awaitEffects(consumer, 2 * Place.LANES);
        assertThat(calls).hasValue(Place.LANES);
        assertOnceAndInOrder(consumer);
    }
}
