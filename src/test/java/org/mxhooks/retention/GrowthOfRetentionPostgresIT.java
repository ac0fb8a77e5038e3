package org.mxhooks.retention;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.Sql;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.operations.Growth;

/** A step of retention costs as much in a large log as in a small one. */
@Tag("persistence")
class GrowthOfRetentionPostgresIT {

    @Test
    void steps() throws Exception {
        Growth.assertNone((database, explained, inbox) -> {
            Sql sql = new Sql(database.dataSource());
            BodyRetention retention = new BodyRetention(
                    new Sql(explained),
                    new Transaction(database.transaction(), Duration.ofMinutes(1)),
                    inbox,
                    Engine.of(explained),
                    Duration.ofDays(1));
            Map<String, Callable<?>> steps = new LinkedHashMap<>();
            steps.put("at the beginning", retention::step);
            steps.put("further on", () -> {
                sql.update("update mxhooks.retention set cursor = ?", inbox.head() / 2);
                return retention.step();
            });
            steps.put("at the end", () -> {
                sql.update("update mxhooks.retention set cursor = ?", inbox.head());
                return retention.step();
            });
            return steps;
        });
    }
}
