package org.mxhooks.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.Answer;
import org.mxhooks.CapturedLog;
import org.mxhooks.database.TestDatabase;

@Tag("persistence")
class UnsuitableDatabasePostgresIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    @Test
    void isReportedByReadinessAndOnceByTheLog() throws Exception {
        TestDatabase latin1 = TestDatabase.postgres("encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
        try (CapturedLog log = new CapturedLog();
                Monitored monitored = new Monitored(latin1, home, new HealthApplication())) {
            monitored.start();

            await().atMost(SOON).until(() -> ready(monitored).body().contains("not suitable"));
            await().during(Duration.ofSeconds(3))
                    .atMost(SOON)
                    .until(() -> ready(monitored).status() == 503);
            assertThat(ready(monitored).body())
                    .contains("it is not suitable")
                    .doesNotContainIgnoringCase("jdbc", "postgres", "mxhooks.");
            assertThat(log.withoutAudit())
                    .filteredOn(line -> line.contains("LATIN1"))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("mxhooks.database.url", "encoding 'UTF8'"));
        }
    }

    private static Answer ready(Monitored monitored) {
        return monitored.request("GET", "health/ready").send();
    }
}
