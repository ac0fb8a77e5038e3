package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.Transaction;
import org.mxhooks.operations.WorkFixture;
import org.mxhooks.operations.WorkState.Parked;

/** What a clock put off that has been set back since, on every supported database. */
@Tag("persistence")
abstract class MisdatedRetriesSuite extends WorkFixture {

    private static final String A_YEAR = "interval '365' day";

    @Test
    void areDueAtOnce() throws Exception {
        List<Long> all = work.arrive(1_206);
        work.register("one", inbox.head());
        work.register("other", inbox.head());
        park("one", all.get(0), Parked.PARKED, "interval '59' minute");
        park("one", all.get(1), Parked.PARKED, A_YEAR);
        park("other", all.get(2), Parked.PARKED, A_YEAR);
        work.park("one", all.get(3), Parked.PARKED);
        work.park("one", all.get(4), Parked.DEAD);
        park("one", all.get(5), Parked.REPLAY, "interval '59' minute");
        for (long position : all.subList(6, 1_206)) {
            work.park("one", position, Parked.REPLAY);
        }
        work.execute(
                "update mxhooks.parked set due = current_timestamp + " + A_YEAR + " where position >= " + all.get(6));

        assertThat(step()).isTrue();
        assertThat(due()).as("after a step").hasSize(1_000);
        assertThat(step()).isTrue();
        assertThat(step()).isFalse();

        assertThat(due()).startsWith(all.get(1), all.get(2), all.get(6)).hasSize(1_202);
        assertThat(work.positions(
                        "select position from mxhooks.parked where due > current_timestamp order by position"))
                .containsExactly(all.get(0), all.get(5));
        assertThat(work.positions("select position from mxhooks.parked where due is null order by position"))
                .containsExactly(all.get(3), all.get(4));
    }

    private boolean step() throws Exception {
        boolean[] more = new boolean[1];
        new Transaction(database.transaction(), Duration.ofSeconds(30))
                .run(() -> more[0] = Engine.of(database.dataSource()).makeMisdatedDue());
        return more[0];
    }

    private List<Long> due() throws Exception {
        return work.positions("select position from mxhooks.parked where due <= current_timestamp order by position");
    }

    private void park(String consumer, long position, Parked how, String ahead) throws Exception {
        work.park(consumer, position, how);
        work.execute("update mxhooks.parked set due = current_timestamp + " + ahead + " where position = " + position);
    }
}
