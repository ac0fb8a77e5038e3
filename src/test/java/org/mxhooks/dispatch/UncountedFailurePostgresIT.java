package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.TestDatabase;

class UncountedFailurePostgresIT extends UncountedFailureSuite {

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }

    @Test
    void repeatsWhatTheDatabaseCannotSerialize() throws Exception {
        retry = RetryPolicy.lasting(Duration.ZERO);
        failCommitsOfEffects("40001", 3);
        EffectLog consumer = consumer("one");
        node(consumer);

        arrive(1, "new");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        assertThat(consumer.notified()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(parked("one")).isEmpty();
    }

    @Test
    void countsAConstraintThatIsDeferred() throws Exception {
        retry = RetryPolicy.lasting(Duration.ZERO);
        failCommitsOfEffects("23514", Integer.MAX_VALUE);
        node(consumer("one"));

        arrive(1, "new");

        eventually()
                .untilAsserted(() -> assertThat(parked("one")).singleElement().matches(Parked::dead));
    }

    /** A sequence counts what is rolled back, too. */
    private void failCommitsOfEffects(String state, int times) throws SQLException {
        execute("create sequence commits");
        execute("""
                create function fail() returns trigger language plpgsql as $$ begin
                    if nextval('commits') <= %s then
                        raise exception 'failed on purpose' using errcode = '%s';
                    end if;
                    return null;
                end $$""".formatted(times, state));
        execute("""
                create constraint trigger fails after insert on effect deferrable initially deferred
                for each row execute function fail()""");
    }
}
