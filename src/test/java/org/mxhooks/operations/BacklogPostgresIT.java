package org.mxhooks.operations;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.TestDatabase;

class BacklogPostgresIT extends BacklogSuite {

    @Override
    protected TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }

    /** On PostgreSQL only: the embedded database has one node. */
    @Test
    void findsThatAnotherNodeJustSetTheMilestone() throws Exception {
        work.register("absent", 0);
        long position = work.arrive(1).get(0);
        arriveAt(10_001);
        CompletableFuture<Void> second;
        try (Connection first = database.database().connect();
                PreparedStatement set = first.prepareStatement("""
                        insert into mxhooks.lane_count (position, lane, deliveries)
                        select 10000, lane, 1 from mxhooks.delivery where position = ?""")) {
            first.setAutoCommit(false);
            set.setLong(1, position);
            set.executeUpdate();
            second = countLanessElsewhere();
            await().atMost(Duration.ofSeconds(30)).until(database::someoneWaitsForALock);
            first.commit();
        }

        second.orTimeout(60, SECONDS).join();

        assertThat(milestones()).isEqualTo(1);
        assertThat(backlogs.all()).extracting(Backlog::pending).containsExactly(2L);
    }
}
