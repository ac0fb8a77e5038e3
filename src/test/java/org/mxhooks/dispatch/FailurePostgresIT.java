package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.TestDatabase;

class FailurePostgresIT extends FailureSuite {

    @Override
    TestDatabase database() throws SQLException {
        return TestDatabase.postgres();
    }

    @Test
    void tellsTheConstraintThatAnswersAtTheCommit() throws Exception {
        execute(
                "create table deferred (story bigint, constraint one_each unique (story) deferrable initially deferred)");
        EffectLog consumer = consumer("one").on("again", event -> {
            execute("insert into deferred values (1)");
            execute("insert into deferred values (1)");
        });
        node(consumer);
        arrive(1, "again");

        eventually()
                .untilAsserted(() -> assertThat(parked("one")).singleElement().satisfies(parked -> {
                    assertThat(parked.reason()).hasValue("org.postgresql.util.PSQLException");
                    assertThat(parked.message().orElseThrow()).contains("one_each");
                }));
    }
}
