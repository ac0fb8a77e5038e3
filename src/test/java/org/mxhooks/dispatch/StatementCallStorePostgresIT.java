package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.dispatch.AsyncConsumer.StoredRow;
import org.mxhooks.dispatch.Lane.Passed;
import org.mxhooks.inbox.LogEntry;

/** Of calls that are recorded together, those whose lane or log is not as they believe are left out, and no others. */
@Tag("persistence")
class StatementCallStorePostgresIT extends DispatchFixture {

    private static final String NAME = "one";
    private static final UUID ANOTHER = UUID.randomUUID();
    private static final RowTarget EFFECTS = new RowTarget(
            "effect",
            List.of(Map.entry("consumer", "varchar"), Map.entry("position", "bigint"), Map.entry("story", "bigint")));

    private TestDatabase onPostgres;
    private CallStore store;
    private LogEntry first;
    private LogEntry second;

    @Override
    TestDatabase database() throws SQLException {
        onPostgres = TestDatabase.postgres();
        return onPostgres;
    }

    @BeforeEach
    void register() throws SQLException {
        store = CallStores.of(onPostgres.database(), UUID.randomUUID(), inbox(), sql(), jta());
        new ConsumerTable(sql()).register(NAME, 0);
        first = inbox().find(arrive(storyInLane(3), "first")).orElseThrow();
        second = inbox().find(arrive(storyInLane(4), "second")).orElseThrow();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private record Call(Advance over, Optional<StoredRow> row) implements RecordableCall {

        static Call of(LogEntry entry, long token, Optional<Passed> passed) {
            return new Call(
                    new Advance(new LaneClaim(NAME, entry.lane(), 0, token, 0), passed, entry),
                    Optional.of(new StoredRow(EFFECTS, List.of(NAME, entry.position(), 1L))));
        }

        static Call of(LogEntry entry) {
            return of(entry, 0, Optional.empty());
        }

        @Override
        public void recorded() {}

        @Override
        public void unrecorded() {}
    }

    @Test
    void movesCursorsAndStoresWhatBelongsToThem() throws Exception {
        Call withoutRow = new Call(Call.of(second).over(), Optional.empty());

        assertThat(store.record(List.of(Call.of(first), withoutRow))).hasSize(2);

        assertThat(cursors()).containsExactlyInAnyOrder(first.position(), second.position());
        assertThat(effects()).containsExactly(first.position());
    }

    @Test
    void leavesOutALaneThatWasLost() throws Exception {
        assertOnlySecond(Call.of(first, 1, Optional.empty()));
    }

    @Test
    void leavesOutALaneWhoseCursorHasMoved() throws Exception {
        execute("update mxhooks.lane set cursor = 99 where lane = " + first.lane());

        assertThat(store.record(List.of(Call.of(first), Call.of(second)))).hasSize(1);
        assertThat(effects()).containsExactly(second.position());
    }

    @Test
    void leavesOutADeliveryThatStandsThereNoLonger() throws Exception {
        execute("update mxhooks.delivery set delivery = '" + ANOTHER + "' where position = " + first.position());

        assertOnlySecond(Call.of(first));
    }

    @Test
    void leavesOutWhatWasPassedAndStandsThereNoLonger() throws Exception {
        assertOnlySecond(Call.of(first, 0, Optional.of(new Passed(second.position(), ANOTHER))));
    }

    @Test
    void recordsBehindWhatWasPassed() throws Exception {
        Passed passed = new Passed(first.position(), first.delivery());

        assertThat(store.record(List.of(Call.of(second, 0, Optional.of(passed)))))
                .hasSize(1);
    }

    @Test
    void doesNotWaitForALaneThatAnotherIsAboutToMove() throws Exception {
        try (Connection other = dataSource().getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.executeUpdate("update mxhooks.lane set claims = 1 where lane = " + first.lane());

            assertOnlySecond(Call.of(first));
            other.rollback();
        }
        assertThat(store.record(List.of(Call.of(first)))).hasSize(1);
    }

    @Test
    void hasANewConnectionAfterAFailure() throws Exception {
        store.record(List.of(Call.of(first)));
        sql().query(
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'with moved%'",
                        row -> true);

        assertThatThrownBy(() -> store.record(List.of(Call.of(second)))).isInstanceOf(SQLException.class);
        assertThat(store.record(List.of(Call.of(second)))).hasSize(1);
    }

    private void assertOnlySecond(Call left) throws Exception {
        Call call = Call.of(second);
        assertThat(store.record(List.of(left, call))).containsExactly(call);
        assertThat(cursors()).containsExactly(second.position());
        assertThat(effects()).containsExactly(second.position());
    }

    private List<Long> cursors() throws SQLException {
        return sql().query("select cursor from mxhooks.lane where cursor > 0", row -> row.getLong(1));
    }

    private List<Long> effects() throws SQLException {
        return sql().query("select position from effect", row -> row.getLong(1));
    }
}
