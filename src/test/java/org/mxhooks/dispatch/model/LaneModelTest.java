package org.mxhooks.dispatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mxhooks.dispatch.model.Mishap.DOUBT;
import static org.mxhooks.dispatch.model.Mishap.LEASE_LOST;
import static org.mxhooks.dispatch.model.Mishap.STATEMENT_FAILED;
import static org.mxhooks.dispatch.model.Violation.DOUBLED;
import static org.mxhooks.dispatch.model.Violation.OUT_OF_ORDER;
import static org.mxhooks.dispatch.model.Violation.WRONGLY_PARKED;
import static org.mxhooks.dispatch.model.Weakness.ADVANCE_COMPARES_LAST;
import static org.mxhooks.dispatch.model.Weakness.ADVANCE_WITHOUT_TOKEN;
import static org.mxhooks.dispatch.model.Weakness.ATTEMPTS_NOT_COMPARED;
import static org.mxhooks.dispatch.model.Weakness.DATABASE_TAKEN_FOR_CONSUMER;
import static org.mxhooks.dispatch.model.Weakness.DELETE_OF_NOTHING_IS_FINE;
import static org.mxhooks.dispatch.model.Weakness.PARKED_WITHOUT_LOOKING;
import static org.mxhooks.dispatch.model.Weakness.RETRY_WITHOUT_FENCE;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LaneModelTest {

    /** A letter is an event's resource, a sign what its consumer does: see {@link Behaviour}. */
    @ParameterizedTest
    @CsvSource({
        "AABA, 1..., 1, 10000",
        "ABA,  x..,  1,  5000",
        "AAB,  x.1,  1, 10000",
        "AAB,  g1.,  1,  2000",
        "AAB,  .k.,  1, 10000",
        "ABA,  k..,  1, 20000",
        "AA,   1.,   2, 20000",
    })
    void nothingIsLostDoubledOutOfOrderOrStuck(String resources, String behaviours, int mishaps, int moreThan) {
        Explorer.Findings findings = Explorer.explore(Scenario.of(resources, behaviours, mishaps));

        assertThat(findings.violation()).as(findings.toString()).isEmpty();
        assertThat(findings.states()).isGreaterThan(moreThan);
    }

    @ParameterizedTest
    @CsvSource({
        "ADVANCE_WITHOUT_POSITION,  AB,  ..,  1, DOUBLED",
        "ADVANCE_COMPARES_LAST,     AB,  ..,  1, DOUBLED",
        "PARKED_THEN_ADVANCED,      AA,  1.,  1, DOUBLED",
        "ADVANCED_THEN_PARKED,      AA,  1.,  1, LOST",
        "HEADS_NOT_LOOKED_FOR,      AA,  1.,  1, OUT_OF_ORDER",
        "HEAD_SEEN_BEFORE_LOCK,     AA,  1.,  1, STUCK",
        "NOBODY_SUSPECTED,          A,   k,   0, STUCK",
        "SUSPECT_HAS_ONE_ATTEMPT,   AAB, 1k., 1, WRONGLY_DEAD",
        "BATCH_AFTER_CLAIMED_AGAIN, AB,  .k,  0, WRONGLY_PARKED",
        "ATTEMPT_NOT_COUNTED,       A,   k,   0, STUCK",
        "POSITION_OF_THE_FAILED,    AA,  ..,  1, OUT_OF_ORDER",
        "RETRY_WITHOUT_FENCE,       AA,  1.,  1, STUCK",
        "FAILURE_WITHOUT_FENCE,     AA,  x.,  1, STUCK",
        "NEXT_NOT_RELEASED,         AA,  1.,  0, STUCK",
        "NEXT_RELEASED_BEFORE_LOCK, AA,  1.,  1, STUCK",
    })
    void eachConditionIsNeeded(
            Weakness without, String resources, String behaviours, int mishaps, Violation violation) {
        Scenario scenario = Scenario.of(resources, behaviours, mishaps);

        Explorer.Findings findings = Explorer.explore(scenario.with(without));

        assertThat(findings.violation()).as(findings.toString()).contains(violation);
        assertThat(Explorer.explore(scenario).violation()).isEmpty();
    }

    /** What these would let through, others stop; they stay, because they stop it earlier or are counted anyway. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "ADVANCE_WITHOUT_TOKEN",
                "DELETE_OF_NOTHING_IS_FINE",
                "ATTEMPTS_NOT_COMPARED",
                "PARKED_WITHOUT_LOOKING"
            })
    void someConditionsAreCoveredByOthers(Weakness without) {
        assertThat(Explorer.explore(Scenario.of("ABA", "x..", 1).with(without)).violation())
                .isEmpty();
    }

    /** An owner that lost its lease finds the cursor beyond the first event that it dealt with, whatever the token. */
    @Test
    void theCursorsPositionCoversForTheToken() {
        Scenario leasesExpire = Scenario.of("AB", "..", 1).withOnly(LEASE_LOST);

        assertThat(violationOf(leasesExpire, ADVANCE_WITHOUT_TOKEN)).isNull();
        assertThat(violationOf(leasesExpire, ADVANCE_COMPARES_LAST)).isNull();
        assertThat(violationOf(leasesExpire, ADVANCE_WITHOUT_TOKEN, ADVANCE_COMPARES_LAST))
                .isEqualTo(DOUBLED);
    }

    /** The fence covers for the deleted row, as to doubling; and nothing needs the attempts, even without a fence. */
    @Test
    void theFenceCoversForTheDeletedRow() {
        Scenario retried = Scenario.of("A", "1", 1);

        assertThat(violationOf(retried, DELETE_OF_NOTHING_IS_FINE)).isNull();
        assertThat(violationOf(retried, RETRY_WITHOUT_FENCE)).isNull();
        assertThat(violationOf(retried, RETRY_WITHOUT_FENCE, ATTEMPTS_NOT_COMPARED))
                .isNull();
        assertThat(violationOf(retried, RETRY_WITHOUT_FENCE, DELETE_OF_NOTHING_IS_FINE))
                .isEqualTo(DOUBLED);
    }

    /** Whatever fails before, what is parked is placed behind the lane's lock. */
    @ParameterizedTest
    @CsvSource({
        "BEHIND_TAKEN_FOR_FAILURE, AA,  1.,  1",
        "SUSPECT_OVERTAKES_HEAD,   AAA, 1k., 0",
    })
    void lookingBehindTheLockCoversForMistakesBefore(
            Weakness mistake, String resources, String behaviours, int mishaps) {
        Scenario doubtful = Scenario.of(resources, behaviours, mishaps).withOnly(DOUBT);

        assertThat(violationOf(doubtful, mistake)).isNull();
        assertThat(violationOf(doubtful, PARKED_WITHOUT_LOOKING)).isNull();
        assertThat(violationOf(doubtful, mistake, PARKED_WITHOUT_LOOKING)).isEqualTo(OUT_OF_ORDER);
    }

    /** Whichever statement fails, and however often. */
    @Test
    void aFailedStatementParksNothing() {
        Scenario failing = Scenario.of("AAB", "...", 3).withOnly(STATEMENT_FAILED);

        assertThat(violationOf(failing)).isNull();
        assertThat(violationOf(failing, DATABASE_TAKEN_FOR_CONSUMER)).isEqualTo(WRONGLY_PARKED);
    }

    private static Violation violationOf(Scenario scenario, Weakness... without) {
        return Explorer.explore(scenario.with(without)).violation().orElse(null);
    }
}
