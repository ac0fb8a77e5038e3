package org.mxhooks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {

    private final ConnectionLimit limit = new ConnectionLimit(Duration.ZERO);

    /** One that can be closed unless it is in use. */
    private static final class Pooled implements ConnectionLimit.Holder {
        private boolean inUse = true;

        @Override
        public boolean closeIfIdle() {
            return false;
        }

        @Override
        public boolean isInUse() {
            return inUse;
        }
    }

    @Test
    void refusesAConsumerMoreThanItsShare() throws Exception {
        List<Pooled> used = lend("greedy", ConnectionLimit.OF_CONSUMER);

        assertThatThrownBy(() -> lend("greedy", 1))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("consumer greedy", "8", "as many as it may");
        assertThat(lend("another", 1)).hasSize(1);
        used.get(0).inUse = false;
        assertThat(lend("greedy", 1)).as("where one of its own rests").hasSize(1);
        limit.takeBack(used.get(1));
        assertThat(lend("greedy", 1)).as("where one was returned").hasSize(1);
    }

    @Test
    void leavesAReserveToWhatIsNoConsumer() throws Exception {
        for (int i = 0; i < ConnectionLimit.OF_CONSUMERS; i++) {
            limit.acquire(lend("consumer " + i, 1).get(0));
        }

        assertThatThrownBy(() -> lend("one more", 1))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("consumer one more", "consumers use 32");
        for (int i = ConnectionLimit.OF_CONSUMERS; i < ConnectionLimit.CONNECTIONS; i++) {
            limit.acquire(new Pooled());
        }
        assertThatThrownBy(() -> limit.acquire(new Pooled())).hasMessageContaining("all 40 database connections");
    }

    @Test
    void letsTheEnginesStatementsInATurnPass() throws Exception {
        lend("greedy", ConnectionLimit.OF_CONSUMER);
        try (ConsumerConnections turn = ConsumerConnections.begin("greedy")) {
            limit.lend(new Pooled(), turn);
        }
        assertThatThrownBy(() -> lend("greedy", 1)).hasMessageContaining("consumer greedy");
    }

    private List<Pooled> lend(String consumer, int howMany) throws Exception {
        List<Pooled> lent = new ArrayList<>();
        try (ConsumerConnections turn = ConsumerConnections.begin(consumer)) {
            ConsumerConnections.call(() -> {
                while (lent.size() < howMany) {
                    Pooled next = new Pooled();
                    limit.lend(next, turn);
                    lent.add(next);
                }
            });
        }
        return lent;
    }
}
