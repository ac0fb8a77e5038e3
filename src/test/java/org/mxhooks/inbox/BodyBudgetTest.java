package org.mxhooks.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyBudgetTest {

    private static final long MEMORY = 128 * 1024 * 1024;

    @Test
    void leavesRoomForWhatIsDecodedOfBodies() {
        BodyBudget budget = new BodyBudget();
        BodyBudget.HeldBodies reading = budget.begin();

        long bodies = budget.take(Long.MAX_VALUE);

        assertThat(bodies + 5 * bodies).isBetween(MEMORY - 6, MEMORY);
        assertThat(budget.hasRoom()).isFalse();
        reading.close();
        assertThat(budget.hasRoom()).isTrue();
    }
}
