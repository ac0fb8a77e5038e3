package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallStageTest {

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03", "HYT00", "08003", "57P01", "53300", "90098", "90031"})
    void afterTheCallTheDatabaseMayHaveFailed(String state) {
        SQLException failure = new SQLException("failed", state);

        assertThat(CallStage.AFTER.isConsumersFault(failure)).isFalse();
        assertThat(CallStage.AFTER.isConsumersFault(commitFailed(failure))).isFalse();
        assertThat(CallStage.DURING.isConsumersFault(failure)).isTrue();
    }

    /** What the consumer wrote, a transaction that it left aborted, a statement of its own that took too long. */
    @ParameterizedTest
    @ValueSource(strings = {"23505", "23514", "22001", "25P02", "25006", "57014"})
    void afterTheCallTheConsumerMayHaveFailed(String state) {
        assertThat(CallStage.AFTER.isConsumersFault(commitFailed(new SQLException("failed", state))))
                .isTrue();
    }

    /** The driver names the conflict as the cause of what it refuses since. */
    @Test
    void aConflictThatTheConsumerHidIsTheConsumers() {
        SQLException refused = new SQLException("aborted", "25P02", new SQLException("conflict", "40001"));

        assertThat(CallStage.AFTER.isConsumersFault(refused)).isTrue();
    }

    @Test
    void aServersExceptionAroundItHidesNothing() {
        SQLException none = new SQLException("no connection", null, new SQLException("refused", "08001"));

        assertThat(CallStage.AFTER.isConsumersFault(none)).isFalse();
        assertThat(CallStage.AFTER.isConsumersFault(new IllegalStateException("no state")))
                .isTrue();
    }

    @Test
    void beforeTheCallNothingIsTheConsumers() {
        assertThat(CallStage.BEFORE.isConsumersFault(new IllegalStateException("whatever")))
                .isFalse();
    }

    private static Exception commitFailed(SQLException cause) {
        return (Exception) new RollbackException("no commit").initCause(new PersistenceException(cause));
    }
}
