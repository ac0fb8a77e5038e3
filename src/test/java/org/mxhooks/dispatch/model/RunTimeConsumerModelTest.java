package org.mxhooks.dispatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mxhooks.dispatch.model.RunTimeConsumer.Omission.ENLISTMENT;
import static org.mxhooks.dispatch.model.RunTimeConsumer.Omission.QUESTION_AT_THE_JOINING;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.dispatch.model.RunTimeConsumer.Ending;
import org.mxhooks.dispatch.model.RunTimeConsumer.Omission;
import org.mxhooks.dispatch.model.RunTimeConsumer.State;

class RunTimeConsumerModelTest {

    private enum Finding {
        SOUND,
        /** Something is skipped, doubled or left behind. */
        WRONG,
        /** There is work that cannot go on. */
        STUCK
    }

    private int visited;

    @ParameterizedTest
    @CsvSource({"CHANGED, 50000", "DELETED, 20000"})
    void nothingIsSkippedDoubledLeftBehindOrStuck(Ending ending, int moreThan) {
        assertThat(explored(new RunTimeConsumer(ending, Set.of()), 1)).isEqualTo(Finding.SOUND);
        assertThat(visited).isGreaterThan(moreThan);
    }

    @ParameterizedTest
    @CsvSource({
        "CURSOR_AT_CREATION,      DELETED, 0, WRONG",
        "CREATION_AT_ONCE,        DELETED, 1, STUCK",
        "TOKEN_OF_THE_CHANGE,     CHANGED, 0, WRONG",
        "NODES_OF_THE_CHANGE,     CHANGED, 0, WRONG",
        "QUESTION_AT_THE_JOINING, CHANGED, 0, WRONG",
        "LOCK_OF_THE_CONSUMER,    CHANGED, 0, WRONG",
        "DEMAND_OF_THE_CLAIM,     CHANGED, 0, WRONG",
        "DEMAND_OF_THE_CLAIM,     DELETED, 1, WRONG",
        "FENCE_OF_PARKING,        CHANGED, 1, WRONG",
        "FENCE_OF_PARKING,        DELETED, 2, WRONG",
        "LEASE_OF_THE_NODE,       DELETED, 1, STUCK",
        "TAKEOVER,                CHANGED, 1, STUCK",
    })
    void eachConditionIsNeeded(Omission without, Ending ending, int mishaps, Finding violation) {
        assertThat(explored(new RunTimeConsumer(ending, Set.of(without)), mishaps))
                .isEqualTo(violation);
    }

    /** A node that was slow to learn that a consumer is gone does not register it anew, for two reasons. */
    @Test
    void theQuestionAtTheJoiningCoversForTheEnlistment() {
        assertThat(explored(new RunTimeConsumer(Ending.DELETED, Set.of(ENLISTMENT)), 1))
                .isEqualTo(Finding.SOUND);
        assertThat(explored(new RunTimeConsumer(Ending.DELETED, Set.of(QUESTION_AT_THE_JOINING)), 1))
                .isEqualTo(Finding.SOUND);
        assertThat(explored(new RunTimeConsumer(Ending.DELETED, Set.of(ENLISTMENT, QUESTION_AT_THE_JOINING)), 0))
                .isEqualTo(Finding.WRONG);
    }

    private Finding explored(RunTimeConsumer model, int mishaps) {
        Reachable<State> reachable = new Reachable<>(model.initial(mishaps), model::from);
        visited = reachable.size();
        if (reachable.isWrong()) {
            return Finding.WRONG;
        }
        return reachable.canAllEnd(model::isEnd) ? Finding.SOUND : Finding.STUCK;
    }
}
