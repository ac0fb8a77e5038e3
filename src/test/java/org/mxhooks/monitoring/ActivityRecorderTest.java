package org.mxhooks.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.operations.Activity;
import org.mxhooks.operations.Operations;

class ActivityRecorderTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final UUID node = UUID.randomUUID();
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void addsWhatWasCountedSinceTheLastTimeAlsoAfterAFailure(@TempDir Path home) throws SQLException {
        try (TestDatabase database = TestDatabase.h2(home).migrated()) {
            Operations operations = Operations.of(database.dataSource(), null, null, null);
            ActivityRecorder recorder = ActivityRecorder.of(meters, operations, database.database());
            Sql sql = new Sql(database.dataSource());
            count("mxhooks.refused", 3);
            outcomes("board", "done", 5);
            outcomes("mirror", "done", 6);
            outcomes("board", "dead", 1);
            recorder.record(node, NOON.plusSeconds(60));
            recorder.record(node, NOON.plusSeconds(120));
            assertThat(activity(operations))
                    .containsExactly(new Activity(0, 3, 11, 0, 1), Activity.NONE, Activity.NONE);
            assertThat(sql.query("select 1 from mxhooks.activity", row -> 1)).hasSize(1);

            sql.update("alter table mxhooks.activity rename to elsewhere");
            count("mxhooks.duplicates", 2);
            recorder.record(node, NOON.plusSeconds(120));
            sql.update("alter table mxhooks.elsewhere rename to activity");
            outcomes("board", "failed", 4);
            recorder.record(node, NOON.plusSeconds(180));

            assertThat(activity(operations))
                    .containsExactly(new Activity(0, 3, 11, 0, 1), Activity.NONE, new Activity(2, 0, 0, 4, 0));
        }
    }

    private static List<Activity> activity(Operations operations) throws SQLException {
        return operations.activity(NOON, Duration.ofMinutes(1), 3);
    }

    private void count(String meter, int times) {
        meters.counter(meter, "endpoint", "default").increment(times);
    }

    private void outcomes(String consumer, String outcome, int times) {
        meters.counter("mxhooks.consumer.outcomes", "consumer", consumer, "outcome", outcome)
                .increment(times);
    }
}
